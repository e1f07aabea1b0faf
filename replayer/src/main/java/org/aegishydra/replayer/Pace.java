package org.aegishydra.replayer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aegishydra.core.command.UsageException;

/**
 * How fast a recording is played: {@code max}, as fast as the engine takes it, or a multiple of the recorded speed.
 *
 * @param speed event seconds in a second; {@link Double#POSITIVE_INFINITY} for max.
 */
public record Pace(double speed) {
    /** As fast as the engine takes it. */
    public static final Pace MAX = new Pace(Double.POSITIVE_INFINITY);

    private static final Pattern MULTIPLE = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)x");

    /**
     * Reads a pace.
     *
     * @throws UsageException if it is none.
     */
    public static Pace parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        final Matcher multiple = MULTIPLE.matcher(text);
        if (multiple.matches() && Double.parseDouble(multiple.group(1)) > 0) {
            return new Pace(Double.parseDouble(multiple.group(1)));
        }
        throw new UsageException(
                "--pace " + text + ": must be max or a multiple of the recorded speed, for example 1x or 50x");
    }

    /** Whether nothing is waited for. */
    public boolean isMax() {
        return Double.isInfinite(speed);
    }

    /** How long after the first record one is due, from the event time between them; both in ns. */
    public long dueAfterNs(long eventNs) {
        return (long) (eventNs / speed);
    }

    @Override
    public String toString() {
        if (isMax()) {
            return "max";
        }
        return speed == Math.rint(speed) ? (long) speed + "x" : speed + "x";
    }
}
