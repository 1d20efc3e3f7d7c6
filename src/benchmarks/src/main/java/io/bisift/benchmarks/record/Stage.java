package io.bisift.benchmarks.record;

/** How far a pipeline goes. */
enum Stage {
  READ,
  PARSE,
  SELECT,
  ALL
}
