package org.aegishydra.core.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: 500ms, 5s, 10m, 2h. Stateless. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h)");

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws UsageException if it is none, naming the option.
     */
    public static Duration parse(String option, String text) {
        final Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new UsageException(option + " " + text + ": must be a number with ms, s, m or h, for example 5s");
        }
        final long count = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
