/** Every setting of a run: an option of the command line, and a line of a configuration file. */
@NullMarked
package io.bisift.trainer.config;

import org.jspecify.annotations.NullMarked;
