/** The pipelines on Flink: the jar for clusters, and the command line as their client. */
@NullMarked
package io.bisift.runners.flink;

import org.jspecify.annotations.NullMarked;
