package io.bisift.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library's example in the README compiles as it stands. */
class ReadmeExampleTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("```java\\n((?:(?!```).)*RewardModel\\.load.*?)```", Pattern.DOTALL);

  @TempDir private Path classes;

  /** A source file that is only text. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Example.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  @Test
  void compiles() throws Exception {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../../README.md")));
    assertTrue(example.find(), "the README has no example of RewardModel");
    String source =
        """
        import io.bisift.core.scoring.*;
        import io.bisift.model.RewardModel;
        import java.nio.file.*;
        import java.util.List;

        class Example {
          void run() throws Exception {
            %s
          }
        }
        """
            .formatted(example.group(1));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-proc:none",
            "-d",
            classes.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    compiler.getTask(null, null, problems, options, null, List.of(new Source(source))).call();
    assertEquals(List.of(), problems.getDiagnostics());
    assertTrue(Files.exists(classes.resolve("Example.class")));
  }
}
