package io.bisift.runners.flink.rest;

/**
 * A cluster at a glance.
 *
 * @param flinkVersion such as 1.19.3
 */
public record ClusterOverview(int workers, int slots, int freeSlots, String flinkVersion) {}
