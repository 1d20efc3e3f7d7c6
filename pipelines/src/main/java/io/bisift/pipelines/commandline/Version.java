package io.bisift.pipelines.commandline;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What this program is. */
public final class Version {
  private static final Properties VERSIONS = load();

  private Version() {}

  private static Properties load() {
    Properties versions = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("version.properties is broken", e);
    }
    return versions;
  }

  /** Name and version, as manifests have them. */
  public static String tool() {
    return "bisift " + VERSIONS.getProperty("bisift");
  }

  /** All that a bug report should say. */
  static String full() {
    return tool()
        + " (Apache Beam "
        + VERSIONS.getProperty("beam")
        + ", Java "
        + System.getProperty("java.version")
        + ")";
  }
}
