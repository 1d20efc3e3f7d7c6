/** A run on one machine, with threads of its own instead of Beam. */
@NullMarked
package io.bisift.formats.run;

import org.jspecify.annotations.NullMarked;
