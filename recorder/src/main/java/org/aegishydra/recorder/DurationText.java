package org.aegishydra.recorder;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aegishydra.core.command.UsageException;

/** An option's duration: a number and {@code ms}, {@code s}, {@code m} or {@code h}. */
final class DurationText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private DurationText() {}

    /**
     * The duration that a text says; null for null.
     *
     * @param option for the message.
     * @throws UsageException if it says none.
     */
    static Duration parse(String option, String text) {
        if (text == null) {
            return null;
        }
        final Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new UsageException(option + " is " + text + ": give a duration like 500ms, 5s, 2m or 1h");
        }
        final long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
