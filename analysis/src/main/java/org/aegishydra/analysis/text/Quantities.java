package org.aegishydra.analysis.text;

import java.util.Locale;

/** Counts, sizes and times as people read them, with their unit. Stateless. */
public final class Quantities {
    private static final String[] SIZES = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final long MINUTE_S = 60;
    private static final long HOUR_S = 3600;
    private static final long DAY_S = 86_400;

    private Quantities() {}

    /** 1234567 as 1,234,567. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Bytes in powers of 1,000: 1234567 as 1.2 MB. */
    public static String bytes(long value) {
        if (Math.abs(value) < 1000) {
            return value + " bytes";
        }
        double scaled = value;
        int size = 0;
        while (Math.abs(scaled) >= 999.95 && size < SIZES.length - 1) {
            scaled /= 1000;
            size++;
        }
        return String.format(Locale.ROOT, "%.1f %s", scaled, SIZES[size]);
    }

    /** A latency: 350 as 350 ns, 1500000 as 1.5 ms. */
    public static String latency(long ns) {
        if (ns < 1000) {
            return ns + " ns";
        }
        if (ns < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f µs", ns / 1e3);
        }
        return ns < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f ms", ns / 1e6)
                : String.format(Locale.ROOT, "%.1f s", ns / 1e9);
    }

    /** A longer time: 0.3 s, 59 s, 2 min 5 s, 3 h 2 min, 4 d 1 h. */
    public static String time(long ns) {
        final long seconds = ns / 1_000_000_000;
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", ns / 1e9);
        }
        if (seconds < MINUTE_S) {
            return seconds + " s";
        }
        if (seconds < HOUR_S) {
            return seconds / MINUTE_S + " min " + seconds % MINUTE_S + " s";
        }
        return seconds < DAY_S
                ? seconds / HOUR_S + " h " + seconds % HOUR_S / MINUTE_S + " min"
                : seconds / DAY_S + " d " + seconds % DAY_S / HOUR_S + " h";
    }
}
