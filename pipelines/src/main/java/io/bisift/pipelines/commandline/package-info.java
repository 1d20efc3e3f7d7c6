/**
 * The command line {@code bisift COMMAND …}: arguments, help, errors. A command is one class; see
 * {@link io.bisift.pipelines.commandline.CliCommand}. Nothing here needs Beam to run until a
 * command asks for its options.
 */
@NullMarked
package io.bisift.pipelines.commandline;

import org.jspecify.annotations.NullMarked;
