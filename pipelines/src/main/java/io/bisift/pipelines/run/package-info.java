/**
 * Runs the file pipeline: for templates the graph alone, for the command line the client side
 * around it (checks, progress, tables, interruption).
 */
@NullMarked
package io.bisift.pipelines.run;

import org.jspecify.annotations.NullMarked;
