/** The pipelines on Google's Dataflow: the command line as its client, and flex templates. */
@NullMarked
package io.bisift.runners.dataflow;

import org.jspecify.annotations.NullMarked;
