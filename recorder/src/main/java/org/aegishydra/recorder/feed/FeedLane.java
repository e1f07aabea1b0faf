package org.aegishydra.recorder.feed;

import jakarta.websocket.CloseReason.CloseCodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.websocket.ConnectFailure;

/**
 * The products that share a connection, and the sessions that record them one after the other. Where a session is to be
 * replaced (a hole, missing heartbeats, a new cycle file), its successor overlaps: it is subscribed, has the snapshots and
 * is not behind in the exchange's time before a {@code TAKEOVER} fact makes it authoritative and the old one closes. A
 * session that is gone is followed by another one after a back-off. Used by the recorder's thread.
 */
final class FeedLane {
    private static final Duration LONGEST_ASKED_WAIT = Duration.ofMinutes(5);

    private final int number;
    private final FeedSettings settings;
    private final FeedRecorder owner;
    private final BackOff backOff;
    private FeedSubscription subscription;
    private FeedSession authority;
    private FeedSession successor;
    private long successorSinceNs;
    private long nextSuccessorNs;
    private boolean successorIsDue;
    private long pastMessages;
    private long pastMessageBytes;
    private long pastGaps;
    private long reconnects;
    private long takeovers;
    private String refusal = "";

    FeedLane(
            int number, FeedSettings settings, List<String> products, BackOff backOff, FeedRecorder owner, long nowNs) {
        this.number = number;
        this.settings = settings;
        this.owner = owner;
        this.backOff = backOff;
        subscription = new FeedSubscription(products, settings.channels());
        authority = session(nowNs);
    }

    private FeedSession session(long startAtNs) {
        return new FeedSession(settings, subscription, owner, startAtNs);
    }

    /** Drives its sessions; never blocks. */
    void doWork(long nowNs) {
        if (subscription.isEmpty()) {
            return;
        }
        authority.doWork(nowNs);
        if (successor != null) {
            successor.doWork(nowNs);
        }
        if (heedRefusals(authority) || heedRefusals(successor)) {
            startAnew(nowNs);
        } else if (authority.state() == FeedSession.State.CLOSED) {
            replaceLost(nowNs);
        } else if (successor != null) {
            driveSuccessor(nowNs);
        } else {
            callSuccessor(nowNs);
        }
        if (authority.recordingForNs(nowNs) > TimeUnit.MILLISECONDS.toNanos(backOff.goodAfterMs())) {
            backOff.reset();
        }
    }

    /** Leaves out what the server says it does not know; true if that was anything. */
    private boolean heedRefusals(FeedSession session) {
        boolean changed = false;
        for (String text = session == null ? null : session.pollRefusal(); text != null; text = session.pollRefusal()) {
            owner.say("the server answers: " + text);
            refusal = text;
            for (final String name : Refusal.unknownNames(text, subscription)) {
                owner.say(name + " is left out: the server does not know it");
                subscription = subscription.without(name);
                changed = true;
            }
        }
        return changed;
    }

    /** With fewer products or channels: where one of them is refused, a server may have refused the others with it. */
    private void startAnew(long nowNs) {
        dropSuccessor("the subscription changes");
        authority.close(CloseCodes.NORMAL_CLOSURE, "the subscription changes");
        if (!subscription.isEmpty()) {
            replaceLost(nowNs);
        }
    }

    /** The authoritative session is gone: its successor steps in, or a new one after a while. */
    private void replaceLost(long nowNs) {
        final ConnectFailure failure = authority.failure();
        if (failure != null) {
            owner.connectFailed(failure);
        }
        count(authority);
        if (successor != null) {
            takeOver();
        } else {
            final long delayMs = Math.max(backOff.nextDelayMs(), askedForMs(failure));
            authority = session(nowNs + TimeUnit.MILLISECONDS.toNanos(delayMs));
            reconnects++;
            owner.say(called() + ": connecting again in " + delayMs + " ms");
        }
    }

    /** How long the server asks to wait: heeded, within reason. */
    private static long askedForMs(ConnectFailure failure) {
        return failure == null || failure.retryAfter() == null
                ? 0
                : Math.min(failure.retryAfter().toMillis(), LONGEST_ASKED_WAIT.toMillis());
    }

    private void driveSuccessor(long nowNs) {
        if (successor.state() == FeedSession.State.CLOSED || successor.isHoled()) {
            postponeSuccessor(nowNs, "it ended before it had its snapshots");
            return;
        }
        final boolean complete = successor.canReplace(authority);
        if (complete && (authority.isHoled() || successor.hasCaughtUpWith(authority))) {
            takeOver();
        } else if (nowNs - successorSinceNs > settings.limits().overlap().toNanos()) {
            if (complete) {
                postponeSuccessor(nowNs, "it lags behind the old one");
            } else if (successor.replaceableProducts().isEmpty()) {
                postponeSuccessor(nowNs, "it has no snapshots");
            } else {
                owner.say(called() + ": no snapshot of " + missingProducts()
                        + " on the new connection; their books wait");
                takeOver();
            }
        }
    }

    private Set<String> missingProducts() {
        final Set<String> missing = new TreeSet<>(authority.replaceableProducts());
        missing.removeAll(successor.replaceableProducts());
        return missing;
    }

    private void postponeSuccessor(long nowNs, String reason) {
        final long delayMs = backOff.nextDelayMs();
        owner.say(called() + ": the new connection does not take over, " + reason + "; another one in " + delayMs
                + " ms");
        dropSuccessor(reason);
        nextSuccessorNs = nowNs + TimeUnit.MILLISECONDS.toNanos(delayMs);
        successorIsDue = true;
    }

    private void dropSuccessor(String reason) {
        if (successor != null) {
            successor.close(CloseCodes.NORMAL_CLOSURE, reason);
            if (successor.failure() != null) {
                owner.connectFailed(successor.failure());
            }
            count(successor);
            successor = null;
        }
    }

    /** Opens another connection beside one that has to be replaced. */
    private void callSuccessor(long nowNs) {
        final boolean replaceable = authority.state() == FeedSession.State.RECORDING;
        if (!replaceable
                || !(authority.isHoled() || authority.cycle() < owner.writer().cycle())) {
            successorIsDue = false;
        } else if (!successorIsDue || nowNs - nextSuccessorNs >= 0) {
            successorIsDue = true;
            successorSinceNs = nowNs;
            successor = session(nowNs);
        }
    }

    private void takeOver() {
        final Set<String> products = successor.replaceableProducts();
        if (!products.isEmpty()) {
            final Map<String, Object> fact = new LinkedHashMap<>();
            fact.put("products", products);
            final RecordingWriter writer = owner.writer();
            synchronized (writer) {
                // No other connection's record may come between the number and the fact that it names.
                fact.put("from_record", writer.lastSequence() + 1);
                writer.fact(RecordKind.TAKEOVER, successor.connection().id(), fact);
            }
            takeovers++;
        }
        if (authority.state() != FeedSession.State.CLOSED) {
            authority.close(
                    CloseCodes.NORMAL_CLOSURE,
                    "replaced by connection " + successor.connection().id());
            count(authority);
        }
        authority = successor;
        successor = null;
        successorIsDue = false;
    }

    private void count(FeedSession ended) {
        final FeedConnection connection = ended.connection();
        if (connection != null) {
            pastMessages += connection.messages();
            pastMessageBytes += connection.messageBytes();
            pastGaps += connection.gaps();
        }
    }

    void close(String reason) {
        dropSuccessor(reason);
        authority.close(CloseCodes.GOING_AWAY, reason);
    }

    private String called() {
        return "lane " + number + " (" + subscription.products().get(0)
                + (subscription.products().size() > 1 ? ", …" : "") + ")";
    }

    /** Whether the server refuses all that it is for. */
    boolean isRefused() {
        return subscription.isEmpty();
    }

    /** What the server refused last, in its words. */
    String refusal() {
        return refusal;
    }

    /** Whether its messages are being recorded. */
    boolean isRecording() {
        return authority.state() == FeedSession.State.RECORDING;
    }

    /** How it stands, as of the last {@link #doWork}. */
    LaneFigures figures() {
        final List<FeedSession> sessions = new ArrayList<>(List.of(authority));
        if (successor != null) {
            sessions.add(successor);
        }
        long messages = pastMessages;
        long bytes = pastMessageBytes;
        long gaps = pastGaps;
        for (final FeedSession session : sessions) {
            final FeedConnection connection = session.connection();
            if (connection != null) {
                messages += connection.messages();
                bytes += connection.messageBytes();
                gaps += connection.gaps();
            }
        }
        final FeedConnection current = authority.connection();
        return new LaneFigures(
                number,
                subscription.products(),
                authority.state(),
                current == null ? 0 : current.id(),
                messages,
                bytes,
                gaps,
                reconnects,
                takeovers,
                current == null ? 0 : current.lastReceivedNs());
    }
}
