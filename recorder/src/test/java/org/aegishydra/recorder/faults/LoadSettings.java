package org.aegishydra.recorder.faults;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.aegishydra.core.journal.Dialect;

/**
 * What a {@link LoadFeed} serves.
 *
 * @param dialect the form of its messages.
 * @param products each with a market of its own.
 * @param messagesPerSecond over all connections together.
 * @param deepLevels levels a side of the first product's book; 23,000 make a snapshot of about 5 MB.
 * @param levels levels a side of the others.
 * @param seed of the markets and of the faults.
 * @param faults what happens to connections; empty for nothing.
 * @param faultInterval the mean time between two faults.
 * @param deflate whether connections are compressed where the client offers it.
 */
public record LoadSettings(
        Dialect dialect,
        List<String> products,
        int messagesPerSecond,
        int deepLevels,
        int levels,
        long seed,
        Set<LoadFault> faults,
        Duration faultInterval,
        boolean deflate) {
    public LoadSettings {
        products = List.copyOf(products);
        faults = Set.copyOf(faults);
    }

    /** A feed without faults. */
    public static LoadSettings of(Dialect dialect, List<String> products, int messagesPerSecond) {
        return new LoadSettings(
                dialect, products, messagesPerSecond, 500, 500, 1, Set.of(), Duration.ofSeconds(3), false);
    }

    public LoadSettings withDeepLevels(int newDeepLevels) {
        return new LoadSettings(
                dialect, products, messagesPerSecond, newDeepLevels, levels, seed, faults, faultInterval, deflate);
    }

    public LoadSettings withFaults(Set<LoadFault> newFaults, Duration newFaultInterval) {
        return new LoadSettings(
                dialect, products, messagesPerSecond, deepLevels, levels, seed, newFaults, newFaultInterval, deflate);
    }

    public LoadSettings withSeed(long newSeed) {
        return new LoadSettings(
                dialect, products, messagesPerSecond, deepLevels, levels, newSeed, faults, faultInterval, deflate);
    }

    public LoadSettings withDeflate() {
        return new LoadSettings(
                dialect, products, messagesPerSecond, deepLevels, levels, seed, faults, faultInterval, true);
    }
}
