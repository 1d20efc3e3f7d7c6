package io.bisift.core.rollout;

/** Kinds of reasons for which a record is rejected, from the dialect outward. */
public enum Defect {
  INVALID_UTF8,
  INVALID_JSON,
  TOO_DEEP,
  NOT_AN_OBJECT,
  NO_STEPS,
  NO_SCORE,
  SCORE_OUT_OF_RANGE,
  NO_IMAGE,
  IMAGE_NOT_FOUND,
  NO_QUESTION,
  STEP_WITHOUT_TEXT,
  STEP_WITHOUT_SCORE,
  LONE_SURROGATE,
  NO_LABEL,
  COUNTS_DIFFER,
  NOT_SCORED
}
