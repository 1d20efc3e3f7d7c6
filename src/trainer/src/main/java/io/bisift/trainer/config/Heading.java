package io.bisift.trainer.config;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** What stands above a class's options in the help. */
@Retention(RetentionPolicy.RUNTIME)
@interface Heading {
  String value();
}
