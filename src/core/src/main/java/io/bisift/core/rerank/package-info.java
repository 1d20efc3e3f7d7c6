/**
 * Best-of-N: which of several solutions the step scores would choose, and how often it is right.
 */
@NullMarked
package io.bisift.core.rerank;

import org.jspecify.annotations.NullMarked;
