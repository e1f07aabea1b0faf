package org.aegishydra.replayer.pace;

import java.util.Locale;
import org.aegishydra.core.command.UsageException;

/**
 * How fast event time runs against the clock: at {@link #MAX}, or at a multiple of real time.
 *
 * @param speed 1 is real time; infinite for as fast as possible.
 */
public record Pace(double speed) {
    /** As fast as possible. */
    public static final Pace MAX = new Pace(Double.POSITIVE_INFINITY);

    /** As it was. */
    public static final Pace REAL_TIME = new Pace(1);

    private static final double MIN_SPEED = 0.01;
    private static final double MAX_SPEED = 1_000_000;

    public Pace {
        if (!(speed >= MIN_SPEED && speed <= MAX_SPEED) && speed != Double.POSITIVE_INFINITY) {
            throw new UsageException("--pace " + speed + "x: must be from " + MIN_SPEED + "x to 1000000x, or max");
        }
    }

    /** A pace as people write it: {@code max}, {@code 1x}, {@code 50x}. */
    public static Pace parse(String text) {
        final String pace = text.trim().toLowerCase(Locale.ROOT);
        if (pace.equals("max")) {
            return MAX;
        }
        try {
            if (pace.endsWith("x")) {
                return new Pace(Double.parseDouble(pace.substring(0, pace.length() - 1)));
            }
        } catch (final NumberFormatException e) {
            // Falls through to the one message for all that is no pace.
        }
        throw new UsageException("--pace " + text + ": must be max or a multiple of real time, as 1x or 50x");
    }

    public boolean isMax() {
        return speed == Double.POSITIVE_INFINITY;
    }

    /** How long a span of event time takes, in nanoseconds; 0 at {@link #MAX}. */
    public long scaledNs(long eventTimeNs) {
        return isMax() ? 0 : (long) (eventTimeNs / speed);
    }

    @Override
    public String toString() {
        if (isMax()) {
            return "max";
        }
        return speed == Math.rint(speed) ? (long) speed + "x" : speed + "x";
    }
}
