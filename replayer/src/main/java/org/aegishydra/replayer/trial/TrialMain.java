package org.aegishydra.replayer.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.aegishydra.core.command.Program;
import org.aegishydra.replayer.Pace;

/**
 * One trial, in a JVM of its own: reads a {@link TrialPlan} from standard input, plays the range once at full speed to warm
 * up, then again with everything new but the compiled code, and writes the {@link Trial} to standard output, to which nothing
 * else goes. Ends at once when its input does, since whoever asked is gone. For {@link TrialJvm}, not for people.
 */
public final class TrialMain {
    private TrialMain() {}

    /** Runs the trial. */
    public static void main(String[] args) throws IOException {
        final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        final TrialPlan plan = TrialJvm.JSON.readValue(input.readLine(), TrialPlan.class);
        final Thread watch = new Thread(() -> endWith(input), "parent-watch");
        watch.setDaemon(true);
        watch.start();
        final PrintStream output = System.out;
        System.setOut(System.err);
        final Path directory = Path.of(plan.directory());
        VariantEngine.run(plan, Pace.MAX, directory.resolve("warm-up"));
        // The garbage of the warm-up is none of the measured run's.
        System.gc();
        output.println(Program.toJson(
                VariantEngine.run(plan, Pace.parse(plan.pace()), directory.resolve(TrialPlan.MEASURED))));
    }

    private static void endWith(BufferedReader input) {
        try {
            while (input.readLine() != null) {
                // Nothing more is said.
            }
        } catch (final IOException e) {
            // As good as its end.
        }
        Runtime.getRuntime().halt(Program.FAILED);
    }
}
