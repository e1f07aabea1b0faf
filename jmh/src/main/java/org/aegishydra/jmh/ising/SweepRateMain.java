package org.aegishydra.jmh.ising;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.DoubleConsumer;
import org.aegishydra.core.command.Machine;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.trader.ising.IsingLattice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis bench-sweep}: what a sweep of the lattice takes, beside the same sweep written plainly. */
@Command(
        name = "aegis bench-sweep",
        mixinStandardHelpOptions = true,
        description =
                "Measures a sweep of the ising strategy's lattice beside the same sweep written plainly, in turns,"
                        + " each sweep with another field.",
        footer = {"", "Example:", "  aegis bench-sweep --rounds 20"})
public final class SweepRateMain implements Callable<Integer> {
    private static final int WARM_UP_ROUNDS = 5;

    /** As many of each as take about the same time. */
    private static final int PLAIN_SWEEPS = 50;

    private static final int SWEEPS = 40 * PLAIN_SWEEPS;
    private static final double NS_PER_US = 1e3;

    @Option(
            names = "--rounds",
            defaultValue = "20",
            paramLabel = "N",
            description = "Turns of both (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--temperature",
            defaultValue = "2.27",
            paramLabel = "T",
            description = "In units of J (default ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(names = "--json", description = "Prints the figures as one JSON object.")
    private boolean json;

    /**
     * Times of a sweep, in microseconds; the median is over all sweeps of all rounds.
     *
     * @param timesPlain the median over the rounds of how many times faster the lattice was than the plain one.
     * @param lowestTimesPlain of the rounds.
     */
    record Figures(
            @JsonProperty("machine") Machine machine,
            @JsonProperty("rounds") int rounds,
            @JsonProperty("sweep_us_min") double minUs,
            @JsonProperty("sweep_us_median") double medianUs,
            @JsonProperty("plain_sweep_us_min") double plainMinUs,
            @JsonProperty("plain_sweep_us_median") double plainMedianUs,
            @JsonProperty("times_plain") double timesPlain,
            @JsonProperty("lowest_times_plain") double lowestTimesPlain) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "Machine: %s%n%n%-10s %10s %10s   (µs a sweep, %d rounds)%n%-10s %10.1f %10.1f%n%-10s %10.1f %10.1f%n%n"
                            + "%.1f times faster than the plain sweep; in the worst round %.1f times%n",
                    machine,
                    "",
                    "median",
                    "least",
                    rounds,
                    "lattice",
                    medianUs,
                    minUs,
                    "plain",
                    plainMedianUs,
                    plainMinUs,
                    timesPlain,
                    lowestTimesPlain);
        }
    }

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new SweepRateMain(), args);
    }

    @Override
    public Integer call() {
        if (rounds < 1 || rounds > 10_000) {
            throw new UsageException("--rounds " + rounds + ": must be from 1 to 10000");
        }
        if (!(temperature > 0)) {
            throw new UsageException("--temperature " + temperature + ": must be greater than 0");
        }
        final Figures figures = measure();
        System.out.println(json ? Program.toJson(figures) : figures.text());
        return Program.DONE;
    }

    private Figures measure() {
        final IsingLattice lattice = new IsingLattice(temperature, 1);
        final PlainLattice plain = new PlainLattice(temperature, 1);
        final long[] times = new long[rounds * SWEEPS];
        final long[] plainTimes = new long[rounds * PLAIN_SWEEPS];
        final double[] ratios = new double[rounds];
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            final int at = Math.max(round, 0);
            time(lattice::sweep, times, at * SWEEPS, SWEEPS);
            time(plain::sweep, plainTimes, at * PLAIN_SWEEPS, PLAIN_SWEEPS);
            ratios[at] = medianUs(Arrays.copyOfRange(plainTimes, at * PLAIN_SWEEPS, (at + 1) * PLAIN_SWEEPS))
                    / medianUs(Arrays.copyOfRange(times, at * SWEEPS, (at + 1) * SWEEPS));
        }
        if (Math.abs(lattice.magnetization()) + Math.abs(plain.magnetization()) == 0) {
            throw new IllegalStateException("neither lattice has moved");
        }
        Arrays.sort(ratios);
        return new Figures(
                Machine.thisOne(),
                rounds,
                Arrays.stream(times).min().orElseThrow() / NS_PER_US,
                medianUs(times),
                Arrays.stream(plainTimes).min().orElseThrow() / NS_PER_US,
                medianUs(plainTimes),
                ratios[rounds / 2],
                ratios[0]);
    }

    private static void time(DoubleConsumer sweep, long[] times, int from, int count) {
        for (int i = 0; i < count; i++) {
            // The probabilities are made anew for each field, as they are in the strategy.
            final double field = 0.02 * (i % 7 - 3);
            final long startNs = System.nanoTime();
            sweep.accept(field);
            times[from + i] = System.nanoTime() - startNs;
        }
    }

    private static double medianUs(long[] times) {
        final long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / NS_PER_US;
    }
}
