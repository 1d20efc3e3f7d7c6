/** The reward model: its layers beside plain PyTorch, and memory while it scores. */
@NullMarked
package io.bisift.benchmarks.network;

import org.jspecify.annotations.NullMarked;
