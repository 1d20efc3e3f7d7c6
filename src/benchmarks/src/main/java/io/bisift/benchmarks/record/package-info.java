/** How fast the record-level transforms are in a pipeline. */
@NullMarked
package io.bisift.benchmarks.record;

import org.jspecify.annotations.NullMarked;
