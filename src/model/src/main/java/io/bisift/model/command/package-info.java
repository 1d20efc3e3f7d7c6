/** The {@code bisift model} command line. */
@NullMarked
package io.bisift.model.command;

import org.jspecify.annotations.NullMarked;
