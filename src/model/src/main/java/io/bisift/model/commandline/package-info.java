/** What command lines made with picocli share: how they fail, choices, progress. */
@NullMarked
package io.bisift.model.commandline;

import org.jspecify.annotations.NullMarked;
