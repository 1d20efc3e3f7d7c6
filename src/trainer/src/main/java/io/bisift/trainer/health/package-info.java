/** How a run is seen from outside its process: whether it is alive, and how far it is. */
@NullMarked
package io.bisift.trainer.health;

import org.jspecify.annotations.NullMarked;
