package org.aegishydra.jmh;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.aegishydra.core.command.UsageException;

/**
 * What {@code aegis bench} is to run.
 *
 * @param include which benchmarks: a regular expression that is found in a benchmark's full name.
 * @param messages how many messages each journal holds, 1 to {@value #MAX_MESSAGES}.
 * @param captures the directory of the captures; synthetic messages stand in for those that it does not hold.
 * @param sampling how long and how often each benchmark runs.
 */
record BenchSettings(String include, int messages, Path captures, Sampling sampling) {
    static final int MAX_MESSAGES = 10_000_000;

    /**
     * How the benchmarks are sampled. Each round runs every benchmark once, in a JVM of its own, so that what changes on the
     * machine meanwhile meets all of them. An iteration replays its journal as a whole until its time is over, at least once.
     *
     * @param inProcess runs in this JVM instead; for tests.
     */
    record Sampling(int rounds, int warmupIterations, int measurementIterations, int iterationMs, boolean inProcess) {
        static final Sampling FULL = new Sampling(3, 5, 5, 1_500, false);
        static final Sampling QUICK = new Sampling(1, 4, 3, 500, false);

        @Override
        public String toString() {
            return rounds + (rounds == 1 ? " round" : " rounds") + " of " + warmupIterations + " + "
                    + measurementIterations + " iterations of " + iterationMs + " ms";
        }
    }

    BenchSettings {
        try {
            Pattern.compile(include);
        } catch (final PatternSyntaxException e) {
            throw new UsageException("--include " + include + ": must be a regular expression: " + e.getDescription());
        }
        if (messages < 1 || messages > MAX_MESSAGES) {
            throw new UsageException("--messages " + messages + ": must be from 1 to " + MAX_MESSAGES);
        }
    }
}
