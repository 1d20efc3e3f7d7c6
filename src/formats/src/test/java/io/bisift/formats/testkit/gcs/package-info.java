/**
 * A server in this process that speaks what Bisift's clients use of Google Cloud Storage's JSON
 * API, and that fails when told to.
 */
package io.bisift.formats.testkit.gcs;
