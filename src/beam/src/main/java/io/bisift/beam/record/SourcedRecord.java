package io.bisift.beam.record;

import io.bisift.core.training.TrainingRecord;

/**
 * A training record and the id of the rollout it was made of.
 *
 * @param id {@code SOURCE:ORDER}
 */
public record SourcedRecord(String id, TrainingRecord record) {}
