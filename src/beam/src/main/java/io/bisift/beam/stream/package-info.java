/** Training sets that grow while records arrive. */
@NullMarked
package io.bisift.beam.stream;

import org.jspecify.annotations.NullMarked;
