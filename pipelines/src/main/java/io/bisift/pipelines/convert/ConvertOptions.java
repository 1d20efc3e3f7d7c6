package io.bisift.pipelines.convert;

import io.bisift.pipelines.options.DatasetOptions;

/** The options of {@code convert}. α is for the scores in the index: nothing is cut by them. */
public interface ConvertOptions extends DatasetOptions {}
