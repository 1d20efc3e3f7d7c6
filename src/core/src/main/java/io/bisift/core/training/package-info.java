/** Training records, their labels, their exact byte form, and the index beside them. */
@NullMarked
package io.bisift.core.training;

import org.jspecify.annotations.NullMarked;
