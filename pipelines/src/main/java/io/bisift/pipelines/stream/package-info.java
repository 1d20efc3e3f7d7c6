/** The {@code stream} and {@code compact} commands: training sets that grow. */
@NullMarked
package io.bisift.pipelines.stream;

import org.jspecify.annotations.NullMarked;
