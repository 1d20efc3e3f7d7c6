package io.bisift.core.training;

import java.io.IOException;

/** Tells whether a picture that a rollout names is there. */
@FunctionalInterface
public interface ImageCheck {
  /** Takes every picture's existence for granted. */
  ImageCheck NONE = name -> true;

  boolean exists(String name) throws IOException;
}
