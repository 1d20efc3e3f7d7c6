package io.bisift.pipelines.commandline;

import io.bisift.core.UserException;
import io.bisift.core.message.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code --top-ratio 0.1}, {@code --top-ratio=0.1} and {@code --topRatio=0.1}. A flag stands
 * alone or has {@code =true} or {@code =false}; a list takes all values up to the next option and
 * adds up, and no value is ever split at commas; where there can be one value only, as in the
 * parameters of a template, that is {@code ["a","b"]}. What a command does not know goes to Beam.
 */
public final class ArgumentParser {
  private static final String DASHES = "--";

  private final OptionTable table;
  private final String help;
  private final boolean takesBeam;
  private final String wordsOption;
  private @Nullable BeamOptions beam;

  private ArgumentParser(OptionTable table, String help, boolean takesBeam, String wordsOption) {
    this.table = table;
    this.help = help;
    this.takesBeam = takesBeam;
    this.wordsOption = wordsOption;
  }

  /**
   * The options among some arguments.
   *
   * @throws UserException if one of them is unknown or has no sensible value
   */
  static GivenOptions parse(CliCommand command, List<String> args) {
    String help = "bisift " + command.name() + " --help";
    return new ArgumentParser(
            new OptionTable(command.options()),
            help,
            command.takesBeamOptions(),
            command.wordsOption())
        .parse(args);
  }

  /** The options of a program that is not the command line. */
  public static <T extends PipelineOptions> T parse(Class<T> options, String... args) {
    return new ArgumentParser(new OptionTable(options), "bisift --help", true, "")
        .parse(List.of(args))
        .as(options, RunnerDefaults.NONE);
  }

  private GivenOptions parse(List<String> args) {
    GivenOptions given = new GivenOptions();
    int at = 0;
    while (at < args.size()) {
      at = parseOne(args, at, given);
    }
    return given;
  }

  /** Returns where the next option begins. */
  private int parseOne(List<String> args, int at, GivenOptions given) {
    String arg = args.get(at);
    if (!arg.startsWith(DASHES) && !wordsOption.isEmpty()) {
      given.addOwn(table.find(wordsOption).orElseThrow(), arg);
      return at + 1;
    }
    if (!arg.startsWith(DASHES) || arg.length() == DASHES.length()) {
      throw unexpected(arg, given);
    }
    int equals = arg.indexOf('=');
    String typed = arg.substring(DASHES.length(), equals < 0 ? arg.length() : equals);
    String name = OptionNames.camel(typed);
    Optional<OptionSpec> own =
        isForBeam(name, arg.substring(equals + 1)) ? Optional.empty() : table.find(name);
    boolean flag =
        own.isPresent()
            ? own.get().isFlag()
            : beam().isFlag(name).orElseThrow(() -> unknown(typed));
    List<String> values = new ArrayList<>();
    int next = at + 1;
    if (equals >= 0) {
      values.add(arg.substring(equals + 1));
    } else if (flag) {
      values.add("true");
    } else if (next < args.size() && !args.get(next).startsWith(DASHES)) {
      values.add(args.get(next++));
    } else {
      throw UserException.usage(DASHES + typed + " needs a value; " + help + " has examples");
    }
    if (own.isPresent() && own.get().isList()) {
      while (next < args.size() && !args.get(next).startsWith(DASHES)) {
        values.add(args.get(next++));
      }
    }
    for (String value : values) {
      if (own.isEmpty()) {
        given.addBeam(name, value);
      } else if (own.get().isList() && JsonList.isOne(value)) {
        JsonList.read(typed, value).forEach(item -> given.addOwn(own.get(), item));
      } else {
        given.addOwn(own.get(), value);
      }
    }
    return next;
  }

  /** A map for an option that Beam has, too: Dataflow's templates pass the job's labels so. */
  private boolean isForBeam(String name, String value) {
    return value.startsWith("{") && beam().isMap(name);
  }

  private BeamOptions beam() {
    if (beam == null) {
      beam = takesBeam ? BeamOptions.onClassPath() : BeamOptions.none();
    }
    return beam;
  }

  private UserException unknown(String typed) {
    String name = OptionNames.camel(typed);
    Optional<String> near =
        Suggestion.nearest(name, table.words()).or(() -> Suggestion.nearest(name, beam().names()));
    return UserException.usage(
        "unknown option "
            + DASHES
            + typed
            + near.map(word -> "; did you mean " + DASHES + OptionNames.kebab(word) + "?")
                .orElse("; " + help + " lists all"));
  }

  private UserException unexpected(String arg, GivenOptions given) {
    String hint =
        given.value("annotations").isEmpty() && table.find("annotations").isPresent()
            ? "; input is named with --annotations"
            : "; options begin with --, and " + help + " lists them";
    return UserException.usage("unexpected argument '" + arg + "'" + hint);
  }
}
