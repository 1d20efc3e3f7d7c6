package io.bisift.pipelines.commandline;

/**
 * A word of the command line that has a program of its own, with a class path of its own: the
 * launcher script starts it, and here it only has its place in the help.
 *
 * @param name as it is typed
 * @param summary what it does, in half a line that begins with a verb
 */
public record OtherCommand(String name, String summary) {}
