/** Python's idea of text: white space, UTF-8, numbers and JSON strings, to the byte. */
@NullMarked
package io.bisift.core.text;

import org.jspecify.annotations.NullMarked;
