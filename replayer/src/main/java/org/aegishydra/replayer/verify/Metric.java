package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.annotation.JsonValue;
import org.aegishydra.replayer.trial.Trial;

/** A figure of a trial about which a verdict is given. They are few, since with each one more a verdict must be stricter. */
enum Metric {
    /** The mean time of a step. */
    MEAN("mean") {
        @Override
        double of(Trial trial) {
            return Math.max(1, trial.latency().meanNs());
        }

        @Override
        double noiseFloor(Trial trial) {
            return 0;
        }
    },
    /** One step in a hundred takes longer. */
    P99("p99") {
        @Override
        double of(Trial trial) {
            return Math.max(1, trial.latency().p99Ns());
        }

        @Override
        double noiseFloor(Trial trial) {
            return trial.response() == null ? 0 : trial.noise().p99Ns();
        }
    },
    /** One step in a thousand takes longer. */
    P999("p999") {
        @Override
        double of(Trial trial) {
            return Math.max(1, trial.latency().p999Ns());
        }

        @Override
        double noiseFloor(Trial trial) {
            return trial.response() == null ? 0 : trial.noise().p999Ns();
        }
    },
    /** Steps over the threshold in 100,000; half a step more in each trial, so that a trial without any has a ratio, too. */
    SPIKES("spikes_per_100k") {
        @Override
        double of(Trial trial) {
            return (trial.spikes() + 0.5) * STEPS_FOR_SPIKES / trial.steps();
        }

        @Override
        double noiseFloor(Trial trial) {
            return 0;
        }

        @Override
        double leastLogVariance(Trial trial) {
            // That of a Poisson count's logarithm: two spikes instead of one are no doubling, however often it happens.
            return 1 / (trial.spikes() + 0.5);
        }
    };

    /** Spikes are told in so many steps. */
    static final double STEPS_FOR_SPIKES = 100_000;

    private final String key;

    Metric(String key) {
        this.key = key;
    }

    /** The name in JSON and in tables. */
    @JsonValue
    String key() {
        return key;
    }

    /** The figure, above 0: ns, or a rate. */
    abstract double of(Trial trial);

    /**
     * What the sleeping thread of the same trial had at the same percentile: a figure that is not above it says nothing of the
     * program. 0 where the two have nothing in common: what a step takes at full speed holds no wake-up.
     */
    abstract double noiseFloor(Trial trial);

    /** The variance of the figure's logarithm that is assumed at least; 0 for a time, which varies by itself. */
    double leastLogVariance(Trial trial) {
        return 0;
    }
}
