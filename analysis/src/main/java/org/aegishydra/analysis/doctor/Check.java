package org.aegishydra.analysis.doctor;

import java.util.Locale;

/**
 * What was found about one property of the host. Immutable.
 *
 * @param name what was looked at; stable, in snake_case.
 * @param state how it stands.
 * @param found what was found.
 * @param remedy what to do about it; empty if nothing.
 */
record Check(String name, State state, String found, String remedy) {
    enum State {
        OK,
        /** Worth knowing; nothing need be done. */
        NOTE,
        /** Costs latency, or may cost data one day. */
        WARNING,
        /** Data will be lost, or figures will be wrong. */
        BAD,
        /** Could not be told; never a pass. */
        UNKNOWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Check ok(String name, String found) {
        return new Check(name, State.OK, found, "");
    }

    static Check note(String name, String found, String remedy) {
        return new Check(name, State.NOTE, found, remedy);
    }

    static Check warning(String name, String found, String remedy) {
        return new Check(name, State.WARNING, found, remedy);
    }

    static Check bad(String name, String found, String remedy) {
        return new Check(name, State.BAD, found, remedy);
    }

    static Check unknown(String name, String found, String remedy) {
        return new Check(name, State.UNKNOWN, found, remedy);
    }
}
