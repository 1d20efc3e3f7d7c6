package io.bisift.core.rollout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pictures a rollout names, relative to some image root.
 *
 * @param names in order; empty if the record names none that can be used
 * @param list whether the record has a JSON list, kept so that it is written back as one
 * @param defect why there are no names ("missing", "null", "empty", "a number, not …"), or null
 */
public record Images(List<String> names, boolean list, @Nullable String defect) {
  public Images {
    names = List.copyOf(names);
    if (names.isEmpty() == (defect == null)) {
      throw new IllegalArgumentException("either names or a defect, got " + names + ", " + defect);
    }
  }

  public static Images one(String name) {
    return new Images(List.of(name), false, null);
  }

  public static Images several(List<String> names) {
    return new Images(names, true, null);
  }

  static Images unusable(String defect) {
    return new Images(List.of(), false, defect);
  }
}
