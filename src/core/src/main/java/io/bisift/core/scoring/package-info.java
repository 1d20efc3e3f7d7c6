/** What gives steps their scores: an interface that a reward model fills in, found at run time. */
@NullMarked
package io.bisift.core.scoring;

import org.jspecify.annotations.NullMarked;
