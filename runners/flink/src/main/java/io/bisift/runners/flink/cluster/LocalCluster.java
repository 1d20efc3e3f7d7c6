package io.bisift.runners.flink.cluster;

import io.bisift.core.UserException;
import io.bisift.runners.flink.rest.FlinkRest;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * A session cluster on this machine, one per work folder. Its processes go on when this one ends,
 * and any later process can find, use and stop it.
 */
public final class LocalCluster {
  private static final String JOB_MANAGER = "jobmanager";
  private static final String WORKER = "worker-";

  /** In what a process that died has printed or logged. */
  private static final Pattern COMPLAINT =
      Pattern.compile("Caused by: | ERROR |^Error|(Exception|Error):");

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final ClusterFolder folder;
  private final FlinkProcesses processes;

  /**
   * The cluster of a folder, started or not.
   *
   * @param dist holds Flink's jars
   */
  public LocalCluster(Path folder, Path dist) {
    this.folder = new ClusterFolder(folder.toAbsolutePath().normalize());
    this.processes = new FlinkProcesses(this.folder, dist.toAbsolutePath().normalize());
  }

  /**
   * Starts it and waits until all workers are there. What a cluster that died has left is cleared.
   *
   * @throws UserException if one is running already, or if it does not come up
   */
  public FlinkRest start(ClusterSettings settings) throws IOException {
    Optional<ClusterMembers> before = folder.load();
    if (before.isPresent() && !alive(before.get()).isEmpty()) {
      throw UserException.failure(
          "a cluster is running at " + rest(before.get()).url() + " already; stop it first");
    }
    folder.prepare();
    int port = settings.port() == 0 ? freePort() : requireFree(settings.port());
    FlinkConfiguration configuration = new FlinkConfiguration(settings);
    configuration.write(folder, port, freePort());
    ClusterMembers cluster = new ClusterMembers(port, settings, Map.of());
    try {
      cluster = save(cluster.with(JOB_MANAGER, processes.startJobManager(configuration)));
      for (int i = 1; i <= settings.workers(); i++) {
        String name = WORKER + i;
        cluster = save(cluster.with(name, processes.startWorker(name, configuration)));
      }
      return awaitWorkers(cluster, settings.workers(), alive(cluster));
    } catch (IOException | RuntimeException e) {
      stop();
      throw e;
    }
  }

  private ClusterMembers save(ClusterMembers cluster) throws IOException {
    folder.save(cluster);
    return cluster;
  }

  /**
   * Starts one more worker, for example in place of one that was lost.
   *
   * @return its name
   */
  public String addWorker() throws IOException {
    ClusterMembers cluster = requireRunning();
    int number = 1;
    while (cluster.processes().containsKey(WORKER + number)) {
      number++;
    }
    String name = WORKER + number;
    int alive = (int) alive(cluster).keySet().stream().filter(LocalCluster::isWorker).count();
    cluster =
        save(
            cluster.with(
                name, processes.startWorker(name, new FlinkConfiguration(cluster.settings()))));
    Map<String, ProcessHandle> started = alive(cluster);
    started.keySet().retainAll(Set.of(name)); // any other may die meanwhile
    awaitWorkers(cluster, alive + 1, started);
    return name;
  }

  private static boolean isWorker(String name) {
    return name.startsWith(WORKER);
  }

  private FlinkRest awaitWorkers(
      ClusterMembers cluster, int workers, Map<String, ProcessHandle> started) throws IOException {
    FlinkRest rest = rest(cluster);
    long deadline = System.nanoTime() + START.toNanos();
    int slots = workers * cluster.settings().slots();
    while (!rest.answers() || rest.overview().slots() < slots) {
      for (Map.Entry<String, ProcessHandle> process : started.entrySet()) {
        if (!process.getValue().isAlive()) {
          throw UserException.failure(
              process.getKey() + " did not start: " + why(process.getKey()));
        }
      }
      if (System.nanoTime() > deadline) {
        throw UserException.failure(
            "the cluster did not come up within "
                + START.toSeconds()
                + " s; its logs are in "
                + folder.logs());
      }
      pause();
    }
    return rest;
  }

  /** The last thing that a dead process complained about. */
  private String why(String name) throws IOException {
    String last = "no reason given";
    for (Path file : List.of(processes.output(name), processes.log(name))) {
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          if (COMPLAINT.matcher(line).find()) {
            last = line.strip();
          }
        }
      }
    }
    return last + " (" + folder.logs() + ")";
  }

  /**
   * The REST interface of the running cluster.
   *
   * @throws UserException if none is running
   */
  public FlinkRest rest() throws IOException {
    return rest(requireRunning());
  }

  private static FlinkRest rest(ClusterMembers cluster) {
    return FlinkRest.at("127.0.0.1:" + cluster.port());
  }

  private ClusterMembers requireRunning() throws IOException {
    ClusterMembers cluster =
        folder
            .load()
            .orElseThrow(() -> UserException.failure("no cluster is running; start one first"));
    if (!alive(cluster).containsKey(JOB_MANAGER)) {
      throw UserException.failure(
          "the cluster's JobManager has died: "
              + why(JOB_MANAGER)
              + "; stop it, and start another");
    }
    return cluster;
  }

  /** The processes that live, by name. */
  public Map<String, ProcessHandle> alive() throws IOException {
    return folder.load().map(LocalCluster::alive).orElseGet(Map::of);
  }

  private static Map<String, ProcessHandle> alive(ClusterMembers cluster) {
    Map<String, ProcessHandle> alive = new LinkedHashMap<>();
    cluster.processes().forEach((name, id) -> id.find().ifPresent(found -> alive.put(name, found)));
    return alive;
  }

  /** Names of the processes that were started and live no more. */
  public List<String> lost() throws IOException {
    Optional<ClusterMembers> cluster = folder.load();
    if (cluster.isEmpty()) {
      return List.of();
    }
    List<String> lost = new ArrayList<>(cluster.get().processes().keySet());
    lost.removeAll(alive(cluster.get()).keySet());
    return lost;
  }

  public Path logs() {
    return folder.logs();
  }

  /**
   * Ends all processes, and removes what they leave, save the logs.
   *
   * @return whether there was anything to stop
   */
  public boolean stop() throws IOException {
    Map<String, ProcessHandle> alive = alive();
    boolean any = folder.load().isPresent();
    alive.values().forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + STOP.toNanos();
    for (ProcessHandle process : alive.values()) {
      if (!ended(process, deadline - System.nanoTime())) {
        process.destroyForcibly();
        ended(process, STOP.toNanos());
      }
    }
    folder.clear();
    return any;
  }

  private static boolean ended(ProcessHandle process, long nanos) {
    try {
      process.onExit().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int requireFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as Flink does; else the last cluster's port waits a minute
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return port;
    } catch (BindException e) {
      throw UserException.failure("port " + port + " is taken; name another --port", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.failure("interrupted while the cluster came up", e);
    }
  }
}
