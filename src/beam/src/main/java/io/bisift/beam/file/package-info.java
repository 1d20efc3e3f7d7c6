/** The file pipeline, step by step: from annotation files to a set of shards with its manifest. */
@NullMarked
package io.bisift.beam.file;

import org.jspecify.annotations.NullMarked;
