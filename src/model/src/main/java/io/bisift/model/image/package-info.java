/**
 * Pictures as the reference sees them: decoded to RGB as Pillow does, cut into tiles on a grid that
 * fits their shape, resized by Pillow's bicubic filter to the bit. Plain Java, no tensors.
 */
@NullMarked
package io.bisift.model.image;

import org.jspecify.annotations.NullMarked;
