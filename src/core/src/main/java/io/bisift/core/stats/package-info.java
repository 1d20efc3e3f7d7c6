/** Label statistics, added up exactly so that order and bundling never show. */
@NullMarked
package io.bisift.core.stats;

import org.jspecify.annotations.NullMarked;
