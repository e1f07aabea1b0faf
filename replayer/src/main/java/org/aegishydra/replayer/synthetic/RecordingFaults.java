package org.aegishydra.replayer.synthetic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.command.UsageException;

/**
 * What goes wrong while a synthetic market is recorded: how often, spread over its time by its seed.
 *
 * @param gaps losses of some messages, after which another connection takes over.
 * @param disconnects ends of the connection, after which it comes back.
 * @param badMessages messages that cannot be used: of an unknown channel, with a number that does not fit, and cut off;
 *     the exchange ends a connection on which it sent the last sort.
 */
public record RecordingFaults(int gaps, int disconnects, int badMessages) {
    /** All goes well. */
    public static final RecordingFaults NONE = new RecordingFaults(0, 0, 0);

    /** Time for a fault and for all books to be whole again behind it. */
    private static final long SLOT_NS = TimeUnit.SECONDS.toNanos(10);

    /** The part of its slot in which a fault begins. */
    private static final double BEGIN_SHARE = 0.3;

    private static final int MAX_EACH = 100_000;

    /** What goes wrong. */
    enum Kind {
        GAP,
        DISCONNECT,
        UNKNOWN_CHANNEL,
        UNFIT_NUMBER,
        CUT_OFF
    }

    /** One thing that goes wrong at the first message of this event time or later. */
    record Fault(Kind kind, long timeNs) {}

    public RecordingFaults {
        check("--gaps", gaps);
        check("--disconnects", disconnects);
        check("--bad-messages", badMessages);
    }

    private static void check(String option, int count) {
        if (count < 0 || count > MAX_EACH) {
            throw new UsageException(option + " " + count + ": must be from 0 to " + MAX_EACH);
        }
    }

    private int count() {
        return gaps + disconnects + badMessages;
    }

    /** Refuses more than a market has time for. */
    public void check(SyntheticSettings settings) {
        if (count() > 0 && settings.durationNs() / count() < SLOT_NS) {
            throw new UsageException("--gaps, --disconnects and --bad-messages: " + count() + " together need "
                    + TimeUnit.NANOSECONDS.toSeconds(SLOT_NS) + " s each, " + settings.durationNs() / SLOT_NS
                    + " are the most in this time");
        }
    }

    /** When what goes wrong in a market, in order. */
    List<Fault> schedule(SyntheticSettings settings) {
        check(settings);
        final long slotNs = settings.durationNs() / Math.max(1, count());
        final List<Kind> kinds = new ArrayList<>(Collections.nCopies(gaps, Kind.GAP));
        kinds.addAll(Collections.nCopies(disconnects, Kind.DISCONNECT));
        final Kind[] bad = {Kind.UNKNOWN_CHANNEL, Kind.UNFIT_NUMBER, Kind.CUT_OFF};
        for (int i = 0; i < badMessages; i++) {
            kinds.add(bad[i % bad.length]);
        }
        final Draws draws = Draws.stream(settings.seed(), SyntheticMarket.FAULTS, 0);
        for (int i = kinds.size() - 1; i > 0; i--) {
            Collections.swap(kinds, i, draws.below(i + 1));
        }
        final List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            final long sinceSlotNs = (long) (slotNs * BEGIN_SHARE * draws.uniform());
            faults.add(new Fault(kinds.get(i), settings.startNs() + i * slotNs + sinceSlotNs));
        }
        return faults;
    }
}
