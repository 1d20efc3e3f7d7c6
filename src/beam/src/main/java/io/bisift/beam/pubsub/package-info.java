/** Reading subscriptions of Pub/Sub, by Google's JSON client. */
@NullMarked
package io.bisift.beam.pubsub;

import org.jspecify.annotations.NullMarked;
