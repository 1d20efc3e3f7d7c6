/** {@code synth}: a made-up corpus to try things on. No pipeline runs. */
@NullMarked
package io.bisift.pipelines.synth;

import org.jspecify.annotations.NullMarked;
