/** Where files are: a small interface, and the local file system behind it. */
@NullMarked
package io.bisift.formats.storage;

import org.jspecify.annotations.NullMarked;
