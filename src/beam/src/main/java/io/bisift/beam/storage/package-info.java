/** Beam's file systems behind Bisift's storage interface. */
@NullMarked
package io.bisift.beam.storage;

import org.jspecify.annotations.NullMarked;
