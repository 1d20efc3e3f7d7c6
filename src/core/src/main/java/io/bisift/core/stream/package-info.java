/** What a growing set needs beyond a finished one: orders, sums, and the cut over all so far. */
@NullMarked
package io.bisift.core.stream;

import org.jspecify.annotations.NullMarked;
