/**
 * A training set that grows. Records go to append-only segments of a log, whether or not they are
 * kept; numbered manifests name segments, and the cut that says which of their records make up the
 * set.
 */
@NullMarked
package io.bisift.formats.log;

import org.jspecify.annotations.NullMarked;
