/** Passes over the lines of a range: counting and ranking them, and finding the kept ones again. */
@NullMarked
package io.bisift.formats.scan;

import org.jspecify.annotations.NullMarked;
