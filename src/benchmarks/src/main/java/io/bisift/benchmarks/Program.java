package io.bisift.benchmarks;

import io.bisift.benchmarks.Arguments.UsageException;
import java.util.Arrays;
import java.util.Set;

/** What the benchmark programs have in common: help, and errors in one line. */
public final class Program {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Program() {}

  /** What a program does with its arguments. */
  @FunctionalInterface
  public interface Body {
    void run(Arguments arguments) throws Exception;
  }

  /** What went wrong, for the user. */
  public static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Failure(String message) {
      super(message);
    }
  }

  /**
   * Runs a program.
   *
   * @param name what the user called
   * @param help text of {@code --help}
   * @return the exit code
   */
  public static int run(
      String name, String help, Set<String> options, Set<String> flags, String[] args, Body body) {
    if (Arrays.asList(args).contains("--help")) {
      System.out.print(help);
      return 0;
    }
    try {
      body.run(Arguments.parse(args, options, flags));
      return 0;
    } catch (UsageException e) {
      System.err.println(name + ": " + e.getMessage() + "; --help has the options");
      return USAGE;
    } catch (Failure e) {
      System.err.println(name + ": " + e.getMessage());
      return FAILED;
    } catch (Exception e) {
      e.printStackTrace();
      return FAILED;
    }
  }

  /** Tells the user how things go. */
  public static void say(String message) {
    System.err.println(message);
  }
}
