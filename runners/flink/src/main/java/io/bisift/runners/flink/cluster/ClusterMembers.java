package io.bisift.runners.flink.cluster;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was started.
 *
 * @param port of the REST interface
 * @param processes by name, such as worker-1
 */
record ClusterMembers(int port, ClusterSettings settings, Map<String, ProcessId> processes) {
  ClusterMembers {
    processes = new TreeMap<>(processes);
  }

  ClusterMembers with(String name, ProcessId process) {
    Map<String, ProcessId> more = new TreeMap<>(processes);
    more.put(name, process);
    return new ClusterMembers(port, settings, more);
  }
}
