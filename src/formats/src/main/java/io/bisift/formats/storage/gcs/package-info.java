/**
 * Google Cloud Storage behind Bisift's storage interface, by Google's own client over its JSON API.
 * Nothing here is loaded before the first {@code gs://} path.
 */
@NullMarked
package io.bisift.formats.storage.gcs;

import org.jspecify.annotations.NullMarked;
