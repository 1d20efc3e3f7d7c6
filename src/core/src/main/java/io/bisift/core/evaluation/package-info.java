/** Benchmark items with labelled steps, and their scores, as they are read and written. */
@NullMarked
package io.bisift.core.evaluation;

import org.jspecify.annotations.NullMarked;
