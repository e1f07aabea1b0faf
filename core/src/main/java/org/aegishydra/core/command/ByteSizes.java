package org.aegishydra.core.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: 800MiB, 500GiB, 2TB. Stateless. */
public final class ByteSizes {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(B|KB|MB|GB|TB|KIB|MIB|GIB|TIB)");

    private ByteSizes() {}

    /**
     * Reads a size.
     *
     * @throws UsageException if it is none, naming the option.
     */
    public static long parse(String option, String text) {
        final Matcher form = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            throw new UsageException(
                    option + " " + text + ": must be a number with MB, GB, TB, MiB, GiB or TiB, for example 500GiB");
        }
        final String unit = form.group(2);
        final long step = unit.endsWith("IB") ? 1024 : 1000;
        long bytes = Long.parseLong(form.group(1));
        for (int i = "BKMGT".indexOf(unit.charAt(0)); i > 0; i--) {
            bytes *= step;
        }
        return bytes;
    }
}
