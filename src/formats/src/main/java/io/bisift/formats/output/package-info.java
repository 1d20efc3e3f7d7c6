/** The folder of a run: who may write there, and the files that describe the set. */
@NullMarked
package io.bisift.formats.output;

import org.jspecify.annotations.NullMarked;
