/** What Beam's Google Cloud Storage lacks. All else reaches buckets through Beam's file system. */
@NullMarked
package io.bisift.beam.gcs;

import org.jspecify.annotations.NullMarked;
