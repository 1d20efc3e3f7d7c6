/** Records as the network takes them: token ids and picture tiles. */
@NullMarked
package io.bisift.model.input;

import org.jspecify.annotations.NullMarked;
