/** Evaluations as a graph: items are scored where they are, their scores added up for metrics. */
@NullMarked
package io.bisift.beam.evaluate;

import org.jspecify.annotations.NullMarked;
