/** Where tensors live. */
@NullMarked
package io.bisift.model.device;

import org.jspecify.annotations.NullMarked;
