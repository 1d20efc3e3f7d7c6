/** What every part of Bisift shares. */
@NullMarked
package io.bisift.core;

import org.jspecify.annotations.NullMarked;
