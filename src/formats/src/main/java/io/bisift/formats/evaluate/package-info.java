/**
 * Evaluations on files: benchmark items and ready scores in, scores, metrics and a report out; in
 * chunks that are kept, so that a run that was stopped does not score them again.
 */
@NullMarked
package io.bisift.formats.evaluate;

import org.jspecify.annotations.NullMarked;
