/**
 * A Flink cluster on this machine: a JobManager and workers, each a process, without Flink's shell
 * scripts.
 */
@NullMarked
package io.bisift.runners.flink.cluster;

import org.jspecify.annotations.NullMarked;
