/**
 * The runnable pipelines, one package each, and the {@code bisift} command line. No runner is named
 * here: launchers and templates bring theirs.
 */
@NullMarked
package io.bisift.pipelines;

import org.jspecify.annotations.NullMarked;
