/** The exact cut that keeps the best fraction of a source, out of mergeable histograms. */
@NullMarked
package io.bisift.core.select;

import org.jspecify.annotations.NullMarked;
