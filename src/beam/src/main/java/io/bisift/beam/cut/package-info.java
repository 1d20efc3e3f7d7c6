/** The exact cut of every source, found without moving a record. */
@NullMarked
package io.bisift.beam.cut;

import org.jspecify.annotations.NullMarked;
