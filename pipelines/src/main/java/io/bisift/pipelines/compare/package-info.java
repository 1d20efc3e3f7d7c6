/** {@code compare}: several evaluations side by side. */
@NullMarked
package io.bisift.pipelines.compare;

import org.jspecify.annotations.NullMarked;
