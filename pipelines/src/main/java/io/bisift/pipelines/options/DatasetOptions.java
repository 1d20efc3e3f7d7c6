package io.bisift.pipelines.options;

/** The options of every pipeline that writes a training set. */
public interface DatasetOptions
    extends InputOptions, ScoreOptions, LabelOptions, OutputOptions, WorkOptions {}
