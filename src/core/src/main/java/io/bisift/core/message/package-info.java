/** What users are told, whichever command they called: errors in a line, and guesses. */
@NullMarked
package io.bisift.core.message;

import org.jspecify.annotations.NullMarked;
