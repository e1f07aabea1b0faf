package org.aegishydra.core.journal;

import java.util.Arrays;
import java.util.stream.Collectors;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;

/** How long the time is whose records one cycle file of a journal holds. All begin at midnight UTC. */
public enum Roll {
    /** A file a day, of up to 4.2 billion records. */
    DAILY("daily", RollCycles.FAST_DAILY),

    /** A file an hour, of up to 4.2 billion records. */
    HOURLY("hourly", RollCycles.FAST_HOURLY),

    /** A file each five minutes, of up to 1 billion records: to try what happens at a roll. */
    FIVE_MINUTELY("five-minutely", RollCycles.FIVE_MINUTELY),

    /** A file a minute, of up to 67 million records: to try what happens at a roll. */
    MINUTELY("minutely", LegacyRollCycles.MINUTELY);

    private static final long NS_PER_MS = 1_000_000L;

    private final String optionName;

    @SuppressWarnings("ImmutableEnumChecker") // Chronicle's roll cycles are constants of enums
    private final RollCycle cycle;

    Roll(String optionName, RollCycle cycle) {
        this.optionName = optionName;
        this.cycle = cycle;
    }

    /**
     * The roll with an option's value as its name.
     *
     * @throws IllegalArgumentException if there is none, with the names that there are.
     */
    public static Roll named(String optionName) {
        for (final Roll roll : values()) {
            if (roll.optionName.equals(optionName)) {
                return roll;
            }
        }
        throw new IllegalArgumentException("no roll " + optionName + ": choose one of "
                + Arrays.stream(values()).map(Roll::optionName).collect(Collectors.joining(", ")));
    }

    /**
     * The roll whose files are for a time of this length.
     *
     * @throws JournalException if there is none.
     */
    static Roll ofLengthNs(long lengthNs) {
        for (final Roll roll : values()) {
            if (roll.lengthNs() == lengthNs) {
                return roll;
            }
        }
        throw new JournalException("no roll has cycles of " + lengthNs + " ns");
    }

    /** The name that commands use, for example {@code hourly}. */
    public String optionName() {
        return optionName;
    }

    /** The time that one file is for, in nanoseconds. */
    public long lengthNs() {
        return cycle.lengthInMillis() * NS_PER_MS;
    }

    RollCycle cycle() {
        return cycle;
    }

    @Override
    public String toString() {
        return optionName;
    }
}
