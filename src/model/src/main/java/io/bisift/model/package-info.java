/** The multimodal process reward model, InternVL2.5, on DJL. */
@NullMarked
package io.bisift.model;

import org.jspecify.annotations.NullMarked;
