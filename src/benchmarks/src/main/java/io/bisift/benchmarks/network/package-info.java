/** The language model's layers beside plain PyTorch. */
@NullMarked
package io.bisift.benchmarks.network;

import org.jspecify.annotations.NullMarked;
