package org.aegishydra.replayer.synthetic;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.journal.RecordKind;

/**
 * The connections over which a synthetic market is recorded, one after the other, as the recorder handles its own: after
 * a loss the next one overlaps and takes over, after the connection's end it comes back, each time with snapshots. What
 * goes wrong comes by a schedule. Used by one thread.
 */
final class RecordedLane {
    private static final int ABNORMAL_CLOSURE = 1006;
    private static final int SERVER_ERROR = 1011;
    private static final int NORMAL_CLOSURE = 1000;
    private static final int MAX_LOST_MESSAGES = 10;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long LEAST_CONNECT_NS = TimeUnit.MILLISECONDS.toNanos(80);
    private static final long OVERLAP_NS = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long BACK_OFF_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long NONSENSE_TOLERATED_NS = TimeUnit.MILLISECONDS.toNanos(300);

    private final SyntheticRecording recording;
    private final SyntheticMarket market;
    private final Queue<RecordingFaults.Fault> faults;
    private final Draws draws;
    private final MarketMessage bad = new MarketMessage();
    private int connections;

    /** Whose books count; null while there is none. */
    private RecordedConnection authority;

    /** The one that takes over soon, or null. */
    private RecordedConnection successor;

    private int losing;
    private long expectedSequence;
    private boolean holed;
    private long connectAtNs = NEVER;
    private long takeOverAtNs = NEVER;
    private long closedAtNs = NEVER;

    RecordedLane(SyntheticRecording recording, SyntheticMarket market, List<RecordingFaults.Fault> faults) {
        this.recording = recording;
        this.market = market;
        this.faults = new ArrayDeque<>(faults);
        draws = Draws.stream(market.settings().seed(), SyntheticMarket.FAULTS, 1);
    }

    /** Opens the first connection, to which the market opens. */
    void open() {
        authority = connect();
    }

    private RecordedConnection connect() {
        final RecordedConnection opened = new RecordedConnection(++connections);
        recording.fact(
                RecordKind.CONNECTED,
                opened.id(),
                Map.of("url", "synthetic:" + market.settings().seed()));
        final Map<String, Object> subscribed = new LinkedHashMap<>();
        subscribed.put("products", recording.products());
        subscribed.put("channels", SyntheticMarket.channels());
        recording.fact(RecordKind.SUBSCRIBED, opened.id(), subscribed);
        return opened;
    }

    /** The market went on to its next message. */
    void onMessage() {
        final long timeNs = market.message().eventTimeNs();
        if (authority != null) {
            tellAuthority();
        }
        if (successor != null) {
            record(market.message(), successor);
        }
        if (market.isAtRest()) {
            goOn(timeNs);
        }
    }

    private void tellAuthority() {
        if (losing > 0) {
            losing--;
            authority.missed();
            holed = true;
            return;
        }
        record(market.message(), authority);
        if (holed) {
            holed = false;
            final Map<String, Object> gap = new LinkedHashMap<>();
            gap.put("channel", market.message().channel());
            gap.put("expected", expectedSequence);
            gap.put("got", authority.nextSequence() - 1);
            recording.fact(RecordKind.GAP, authority.id(), gap);
            connectAtNs = market.message().eventTimeNs() + connectNs();
        }
    }

    private void record(MarketMessage message, RecordedConnection connection) {
        message.renumber(connection.nextSequence());
        recording.receive(message.eventTimeNs());
        recording.append(message, connection.id());
        connection.received();
    }

    private long connectNs() {
        return LEAST_CONNECT_NS + (long) (LEAST_CONNECT_NS * draws.exponential());
    }

    /** Between two updates: what is due happens. */
    private void goOn(long timeNs) {
        if (timeNs >= closedAtNs) {
            closedAtNs = NEVER;
            disconnect(SERVER_ERROR, "Internal server error", timeNs);
        } else if (timeNs >= connectAtNs) {
            connectAtNs = NEVER;
            connectAgain(timeNs);
        } else if (timeNs >= takeOverAtNs) {
            takeOverAtNs = NEVER;
            takeOver(timeNs);
        } else if (isSettled() && !faults.isEmpty() && timeNs >= faults.peek().timeNs()) {
            happen(faults.remove().kind(), timeNs);
        }
    }

    /** Whether all books are whole and nothing is under way: one thing goes wrong after the other. */
    private boolean isSettled() {
        return losing == 0 && !holed && connectAtNs == NEVER && takeOverAtNs == NEVER && closedAtNs == NEVER;
    }

    private void happen(RecordingFaults.Kind kind, long timeNs) {
        final List<String> products = recording.products();
        final String product = products.get(draws.below(products.size()));
        switch (kind) {
            case GAP -> {
                losing = 1 + draws.heavyTailedRank(1, 1, MAX_LOST_MESSAGES);
                expectedSequence = authority.nextSequence();
            }
            case DISCONNECT -> disconnect(ABNORMAL_CLOSURE, "Closed abnormally.", timeNs);
            case UNKNOWN_CHANNEL -> {
                BadMessages.unknownChannel(bad, product, timeNs);
                record(bad, authority);
            }
            case UNFIT_NUMBER -> {
                BadMessages.unfitNumber(bad, product, timeNs);
                record(bad, authority);
            }
            case CUT_OFF -> {
                BadMessages.cutOff(bad, product, timeNs);
                record(bad, authority);
                closedAtNs = timeNs + NONSENSE_TOLERATED_NS;
            }
        }
    }

    private void disconnect(int code, String reason, long timeNs) {
        recording.receive(timeNs);
        end(authority, code, reason);
        authority = null;
        connectAtNs = timeNs + (long) (BACK_OFF_NS * (1 + draws.uniform()) / 2) + connectNs();
    }

    private void end(RecordedConnection connection, int code, String reason) {
        final Map<String, Object> disconnected = new LinkedHashMap<>();
        disconnected.put("code", code);
        disconnected.put("reason", reason);
        disconnected.put("messages", connection.recorded());
        recording.fact(RecordKind.DISCONNECTED, connection.id(), disconnected);
    }

    private void connectAgain(long timeNs) {
        recording.receive(timeNs);
        final RecordedConnection opened = connect();
        recordSnapshot(MessageWriter.STATUS, "", opened);
        for (final String channel : SyntheticMarket.CHANNELS_WITH_SNAPSHOTS) {
            for (final String product : recording.products()) {
                recordSnapshot(channel, product, opened);
            }
        }
        if (authority == null) {
            authority = opened;
        } else {
            successor = opened;
            takeOverAtNs = timeNs + OVERLAP_NS;
        }
    }

    private void recordSnapshot(String channel, String product, RecordedConnection connection) {
        record(market.snapshot(channel, product), connection);
    }

    private void takeOver(long timeNs) {
        recording.receive(timeNs);
        final Map<String, Object> takeover = new LinkedHashMap<>();
        takeover.put("products", new TreeSet<>(recording.products()));
        takeover.put("from_record", recording.nextRecord());
        recording.fact(RecordKind.TAKEOVER, successor.id(), takeover);
        end(authority, NORMAL_CLOSURE, "replaced by connection " + successor.id());
        authority = successor;
        successor = null;
    }
}
