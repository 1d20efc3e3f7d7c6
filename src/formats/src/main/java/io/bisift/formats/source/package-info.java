/** Annotation files: finding them, splitting them, reading their lines. */
@NullMarked
package io.bisift.formats.source;

import org.jspecify.annotations.NullMarked;
