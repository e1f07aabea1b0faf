package org.aegishydra.replayer.fixes;

import java.util.Locale;

/** The three forms of a latency fix. */
public enum FixForm {
    /** Before the fix. */
    BEFORE,
    /** The fix as it was done in the system before. */
    SEED,
    /** This project's own way. */
    AEGIS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
