/**
 * How whole runs compare: wall time and peak memory of processes, with DuckDB and others beside.
 */
@NullMarked
package io.bisift.benchmarks.process;

import org.jspecify.annotations.NullMarked;
