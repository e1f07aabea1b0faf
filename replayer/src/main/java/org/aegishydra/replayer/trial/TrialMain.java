package org.aegishydra.replayer.trial;

import java.io.IOException;
import java.nio.file.Path;
import org.aegishydra.core.command.Program;
import org.aegishydra.replayer.Pace;

/**
 * One trial, in a JVM of its own: reads a {@link TrialPlan} from standard input, plays the range once at full speed to warm
 * up, then again with everything new but the compiled code, and writes the {@link Trial} to standard output. For {@link
 * TrialJvm}, not for people.
 */
public final class TrialMain {
    private TrialMain() {}

    /** Runs the trial. */
    public static void main(String[] args) throws IOException {
        final TrialPlan plan = TrialJvm.JSON.readValue(System.in, TrialPlan.class);
        final Path directory = Path.of(plan.directory());
        VariantEngine.run(plan, Pace.MAX, directory.resolve("warm-up"));
        // The garbage of the warm-up is none of the measured run's.
        System.gc();
        System.out.println(Program.toJson(
                VariantEngine.run(plan, Pace.parse(plan.pace()), directory.resolve(TrialPlan.MEASURED))));
    }
}
