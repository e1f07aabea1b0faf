package org.aegishydra.trader;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aegishydra.core.command.UsageException;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What a live trader's thread does while nothing comes. */
enum Idling {
    /** Look again at once: a core of its own. */
    SPIN,
    /** Look again when other threads have had their turn. */
    YIELD,
    /** Spin for a moment, yield, then sleep, longer and longer. */
    BACKOFF,
    /** Sleep. */
    PARK;

    private static final long MAX_SPINS = 100;
    private static final long MAX_YIELDS = 10;
    private static final long MIN_PARK_NS = 1_000L;

    /** Linux adds its timer slack, another 50 µs. */
    private static final long MAX_PARK_NS = 50_000L;

    /**
     * The idling of a name.
     *
     * @throws UsageException if there is none.
     */
    static Idling of(String name) {
        return Stream.of(values())
                .filter(idling -> idling.optionName().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("--idle " + name + ": must be "
                        + Stream.of(values()).map(Idling::optionName).collect(Collectors.joining(", "))));
    }

    String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A new strategy, for one thread. */
    IdleStrategy newStrategy() {
        return switch (this) {
            case SPIN -> new BusySpinIdleStrategy();
            case YIELD -> new YieldingIdleStrategy();
            case BACKOFF -> new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS);
            case PARK -> new SleepingIdleStrategy(MAX_PARK_NS);
        };
    }
}
