package org.aegishydra.replayer.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.replayer.Pace;
import org.aegishydra.replayer.RangeOptions;
import org.aegishydra.replayer.ReplayRange;
import org.aegishydra.trader.TradingOptions;
import org.aegishydra.trader.TradingSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aegis verify}: does a fix change the latencies, and no decision? */
@Command(
        name = "aegis verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs variants of the engine over the same recorded range, each trial in a fresh JVM, and compares first their "
                    + "decisions, then their latencies. Exit code 1 if the decisions differ, or if there are none.",
            "Variants: legacy, seed, aegis, legacy+N, aegis-N, with N a fix: 1 (no synchronous disk I/O), 4 (heap clean-up)."
        },
        footer = {"", "Example:", "  aegis verify --journal data/btc --before legacy --after seed,aegis --rounds 5"})
public final class VerifyMain implements Callable<Integer> {
    private static final int MAX_ROUNDS = 1000;

    @Mixin
    private RangeOptions recording;

    @Option(
            names = "--before",
            defaultValue = "legacy",
            paramLabel = "VARIANT",
            description = "What is compared with (default: ${DEFAULT-VALUE}).")
    private String before;

    @Option(
            names = "--after",
            defaultValue = "aegis",
            split = ",",
            paramLabel = "VARIANT",
            description = "What is compared (default: ${DEFAULT-VALUE}).")
    private List<String> after;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            paramLabel = "N",
            description = "Trials of each variant (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--pace",
            defaultValue = "max",
            paramLabel = "max|Nx",
            description = "max measures service times (default: ${DEFAULT-VALUE}).")
    private String pace;

    @Option(names = "--json", description = "Print the verdict as JSON on standard output.")
    private boolean json;

    @Mixin
    private TradingOptions options;

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new VerifyMain(), args);
    }

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || rounds > MAX_ROUNDS) {
            throw new UsageException("--rounds " + rounds + ": must be from 1 to " + MAX_ROUNDS);
        }
        final List<Variant> variants = new ArrayList<>();
        variants.add(Variant.parse(before));
        after.forEach(name -> variants.add(Variant.parse(name)));
        final TradingSettings settings = options.settings();
        if (settings.stepInterval() != 1) {
            // The forms before write every row: ours may not save what they have to do.
            throw new UsageException("--steps: a verification records all of them; leave it out");
        }
        final ReplayRange range = recording.range();
        final Verification verification = new Verification(
                variants, recording.journalPath(), range, Pace.parse(pace).toString(), rounds, settings);
        try (StopSignal stop = StopSignal.install()) {
            System.err.printf(
                    "%d rounds of %d variants over %d records, pace %s, each trial: %s%n",
                    rounds, variants.size(), range.records(), pace, String.join(" ", Verification.TRIAL_FLAGS));
            final List<List<Trial>> trials = verification.run(VerifyMain::tell, stop);
            if (trials.get(0).isEmpty()) {
                System.err.println("stopped before the first round was whole: no verdict");
                return Program.FAILED;
            }
            if (trials.get(0).get(0).loop().count() == 0) {
                System.err.println("no step in this range: there is nothing to compare");
                return Program.FAILED;
            }
            return report(Verdict.of(trials), settings);
        }
    }

    private static void tell(int done, int all, Trial trial) {
        System.err.printf(
                "trial %d of %d: %-9s p50 %.1f µs, p99 %.1f µs, max %.1f µs, digest %s%n",
                done,
                all,
                trial.variant(),
                trial.loop().p50Ns() / 1e3,
                trial.loop().p99Ns() / 1e3,
                trial.loop().maxNs() / 1e3,
                trial.digest());
    }

    private int report(Verdict verdict, TradingSettings settings) {
        if (json) {
            System.out.println(Program.toJson(verdict));
        } else {
            System.out.print(VerdictTable.of(verdict, settings.spikeThresholdMs()));
            System.out.println(
                    verdict.equal()
                            ? "equal: every variant took the same decisions and has the same books"
                            : "DIFFERENT: a variant that decides something else is not a fix");
        }
        if (verdict.variants().get(0).decisions() == 0) {
            System.err.println(
                    "nothing was decided in this range, so equal digests prove nothing: lower --fee-bps or the "
                            + "strategy's threshold, or give a longer range");
        }
        return exitCode(verdict);
    }

    /** A digest over nothing proves nothing. */
    static int exitCode(Verdict verdict) {
        return verdict.equal() && verdict.variants().get(0).decisions() > 0 ? Program.DONE : Program.FAILED;
    }
}
