/** What the benchmarks share. */
@NullMarked
package io.bisift.benchmarks;

import org.jspecify.annotations.NullMarked;
