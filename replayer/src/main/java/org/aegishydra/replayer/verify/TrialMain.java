package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.Recording;
import org.aegishydra.replayer.Pace;
import org.aegishydra.replayer.ReplaySession;

/**
 * One trial, in a JVM of its own: reads a {@link TrialPlan} from standard input, plays the range once to warm up, then
 * again with everything new but the compiled code, and writes the {@link Trial} to standard output. For
 * {@link Verification}, not for people.
 */
public final class TrialMain {
    private TrialMain() {}

    /** Runs the trial. */
    public static void main(String[] args) throws IOException {
        final TrialPlan plan = new ObjectMapper().readValue(System.in, TrialPlan.class);
        final Variant variant = Variant.parse(plan.variant());
        final Recording recording = Recording.open(Path.of(plan.journal()));
        final Path directory = Path.of(plan.directory());
        try (ReplaySession warmUp = VariantEngine.session(recording, plan, Pace.MAX)) {
            VariantEngine.run(variant, plan.settings(), warmUp, directory.resolve("warm-up"));
        }
        try (ReplaySession measured = VariantEngine.session(recording, plan, Pace.parse(plan.pace()))) {
            System.out.println(Program.toJson(
                    VariantEngine.run(variant, plan.settings(), measured, directory.resolve("measured"))));
        }
    }
}
