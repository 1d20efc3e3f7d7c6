package io.bisift.benchmarks.process;

/** What a program took for a corpus of some size. */
record GrowthPoint(String program, double gigabytes, Measure measure) {}
