/** {@code rerank}: how often the solution that step scores choose out of N is right. */
@NullMarked
package io.bisift.pipelines.rerank;

import org.jspecify.annotations.NullMarked;
