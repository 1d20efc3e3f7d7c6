/**
 * Where files are: a small interface, {@link io.bisift.formats.storage.Storage}, and what is behind
 * it. A program without Beam asks {@link io.bisift.formats.storage.Storages#of Storages.of(path)}:
 * the local file system for {@code /data/set}, Google Cloud Storage for {@code gs://bucket/set}
 * (loaded only then); or {@link io.bisift.formats.storage.Storages#any Storages.any()} where its
 * paths may be of both kinds. What writes to shared folders asks {@link
 * io.bisift.formats.storage.Storage#versions} for writes that only succeed if nobody else has
 * written.
 */
@NullMarked
package io.bisift.formats.storage;

import org.jspecify.annotations.NullMarked;
