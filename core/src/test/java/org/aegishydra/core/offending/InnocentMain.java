package org.aegishydra.core.offending;

import picocli.CommandLine.Option;

/** A program, which may know the command line, and so may the classes in it. */
public final class InnocentMain {
    @Option(names = "--any")
    private String any;

    String any() {
        return any;
    }

    /** Options of a program's own. */
    public static final class Options {
        @Option(names = "--other")
        private String other;

        String other() {
            return other;
        }
    }
}
