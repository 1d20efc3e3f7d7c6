/** A server in this process that speaks what Bisift uses of Pub/Sub's JSON API. */
package io.bisift.formats.testkit.pubsub;
