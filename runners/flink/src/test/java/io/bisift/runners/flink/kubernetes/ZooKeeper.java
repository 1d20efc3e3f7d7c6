package io.bisift.runners.flink.kubernetes;

import io.bisift.runners.flink.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** ZooKeeper as Flink ships it: where JobManagers outside Kubernetes find what others have left. */
final class ZooKeeper {
  private final int port = Ports.free();

  /**
   * Starts it, and waits until it answers. It ends with the home's processes.
   *
   * @param folder for its files
   */
  ZooKeeper(FlinkHome home, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path settings = folder.resolve("zoo.cfg");
    Files.writeString(
        settings,
        """
        tickTime=1000
        dataDir=%s
        clientPort=%d
        clientPortAddress=127.0.0.1
        admin.enableServer=false
        """
            .formatted(folder, port));
    Process process =
        home.start(
            "zookeeper",
            List.of(
                "-Xmx128m",
                "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
                "--zkConfigFile",
                settings.toString(),
                "--peerId",
                "1"));
    while (!Ports.answers(port)) {
      if (!process.isAlive()) {
        throw new IOException("ZooKeeper ended: " + home.logged("zookeeper"));
      }
      Thread.sleep(100);
    }
  }

  String quorum() {
    return "127.0.0.1:" + port;
  }
}
