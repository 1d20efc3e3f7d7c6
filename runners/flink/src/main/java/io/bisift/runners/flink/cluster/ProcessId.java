package io.bisift.runners.flink.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * A process, told from a later one that got the same number.
 *
 * @param started in milliseconds of the epoch; 0 where the system does not tell
 */
record ProcessId(long pid, long started) {
  static ProcessId of(ProcessHandle process) {
    return new ProcessId(process.pid(), started(process));
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** The process, if it lives. */
  Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> started(process) == started);
  }
}
