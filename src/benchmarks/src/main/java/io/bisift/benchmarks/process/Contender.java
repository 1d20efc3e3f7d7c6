package io.bisift.benchmarks.process;

import java.nio.file.Path;
import java.util.List;

/**
 * One of the programs that are compared.
 *
 * @param name in tables, {@code bisift select}
 * @param output file or folder that it writes, removed before each run
 * @param command that runs it
 */
record Contender(String name, Path output, List<String> command) {}
