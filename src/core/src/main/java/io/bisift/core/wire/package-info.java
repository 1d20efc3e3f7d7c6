/** The compact binary form in which values travel between workers. */
@NullMarked
package io.bisift.core.wire;

import org.jspecify.annotations.NullMarked;
