/** Made-up annotation files with the shape of the published ones, at any size. */
@NullMarked
package io.bisift.formats.synth;

import org.jspecify.annotations.NullMarked;
