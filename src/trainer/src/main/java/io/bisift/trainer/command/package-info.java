/** The {@code bisift train} command line. */
@NullMarked
package io.bisift.trainer.command;

import org.jspecify.annotations.NullMarked;
