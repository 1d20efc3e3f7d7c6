/** How values travel between workers. */
@NullMarked
package io.bisift.beam.coder;

import org.jspecify.annotations.NullMarked;
