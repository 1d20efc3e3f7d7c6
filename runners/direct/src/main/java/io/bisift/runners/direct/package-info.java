/** The command line on one machine, by Beam's direct runner. */
@NullMarked
package io.bisift.runners.direct;

import org.jspecify.annotations.NullMarked;
