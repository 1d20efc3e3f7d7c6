package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way through the network and back. The chain of blocks is cut between blocks:
 * each has its input as a leaf, and the gradient of that leaf is the upstream gradient of the block
 * before it. With recomputation a block's history is not kept but made again when its turn comes,
 * so that between forward and backward only the blocks' inputs are held.
 *
 * <p>Several passes may be open at once. On GPUs nothing here waits for a device.
 */
public final class TrainingPass implements AutoCloseable {
  private final NDManager manager;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final NDArray logits;

  /** A block, what went in, and what came out if its history was kept. */
  private record Step(Link link, NDArray leaf, @Nullable NDArray output) {}

  /**
   * @param manager owns all that the pass makes; closed with it
   * @param input of the first link, on its device; gets no gradient
   * @param recompute whether blocks are run again on the way back
   */
  TrainingPass(NDManager manager, NDArray input, List<Link> links, boolean recompute) {
    this.manager = manager;
    NDArray x = input;
    boolean hasGradient = false;
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      NDArray here = x.toDevice(link.device(), false);
      if (!hasGradient && !link.isTrainable()) {
        x = Autograd.unrecorded(() -> link.apply(here));
        continue;
      }
      NDArray leaf = here.stopGradient();
      leaf.setRequiresGradient(hasGradient);
      boolean isLast = i == links.size() - 1;
      boolean keep = isLast || !recompute;
      NDArray output =
          keep
              ? Autograd.recorded(() -> link.apply(leaf))
              : Autograd.unrecorded(() -> link.apply(leaf));
      steps.push(new Step(link, leaf, keep ? output : null));
      x = isLast ? output : output.stopGradient();
      if (!keep) {
        output.close();
      }
      hasGradient = true;
    }
    logits = x;
  }

  /** Logits of yes and no for each step, [P, 2]. */
  public NDArray rewardLogits() {
    return logits;
  }

  /** What the logits are computed from, [P, D] after the last norm, for losses that need more. */
  public NDArray stepStates() {
    Step last = steps.element();
    return ((RewardHead) last.link.block()).states(last.leaf, last.link.others().head());
  }

  /** Owns what the pass makes; for arrays that are needed as long. */
  public NDManager manager() {
    return manager;
  }

  /**
   * Adds to the gradient of every parameter that is trained. Once for a pass.
   *
   * @param lossOf makes a single number of the {@link #rewardLogits}; a factor in it is a factor of
   *     the gradients
   * @return the loss, in the pass's manager
   */
  public NDArray backward(UnaryOperator<NDArray> lossOf) {
    NDArray loss = Autograd.recorded(() -> lossOf.apply(logits));
    Autograd.backward(loss, loss.onesLike());
    Step last = steps.pop();
    NDArray upstream = gradient(last);
    while (upstream != null) {
      Step step = steps.pop();
      NDArray output =
          step.output == null ? Autograd.recorded(() -> step.link.apply(step.leaf)) : step.output;
      NDArray here = upstream.toDevice(step.link.device(), false);
      Autograd.backward(output, here);
      output.close();
      here.close();
      upstream.close();
      upstream = gradient(step);
    }
    return loss;
  }

  /** The gradient of a step's input, taken over from it; none if nothing before it is trained. */
  private static @Nullable NDArray gradient(Step step) {
    NDArray gradient = step.leaf.hasGradient() ? step.leaf.getGradient() : null;
    step.leaf.close();
    return gradient;
  }

  @Override
  public void close() {
    manager.close();
  }
}
