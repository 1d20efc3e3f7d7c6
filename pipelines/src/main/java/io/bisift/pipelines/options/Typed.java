package io.bisift.pipelines.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an option is called on the command line, where a runner has taken the name in Java: Beam
 * makes one object of all options, ours and the runner's.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Typed {
  String value();
}
