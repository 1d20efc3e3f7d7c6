/** Compression by file name, checksums, and the guard against decompression bombs. */
@NullMarked
package io.bisift.formats.compress;

import org.jspecify.annotations.NullMarked;
