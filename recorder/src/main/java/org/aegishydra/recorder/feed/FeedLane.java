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
import java.util.random.RandomGenerator;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.websocket.ConnectFailure;

/**
 * The products that share a connection, and the sessions that record them one after the other. Where a session is to be
 * replaced (a hole, missing heartbeats, a book without a snapshot, a new cycle file), its successor overlaps: it is
 * subscribed and has the snapshots; then the old one falls silent, and once the exchange's time on the new one has come as
 * far, a {@code TAKEOVER} fact makes it authoritative and the old one closes. So no book moves back, however far behind
 * the new one was. A session that is gone is followed by another one after a back-off. Used by the recorder's thread.
 */
final class FeedLane {
    private static final Duration LONGEST_ASKED_WAIT = Duration.ofMinutes(5);

    /** A successor that is complete but behind is given that long to catch up before the old session falls silent. */
    private static final long LAG_GRACE_NS = TimeUnit.SECONDS.toNanos(1);

    /** A book that never gets its snapshot is asked for again that often, since it takes all the others' with it. */
    private static final long INCOMPLETE_RETRY_NS = TimeUnit.MINUTES.toNanos(10);

    private final int number;
    private final FeedSettings settings;
    private final FeedRecorder owner;
    private final BackOff backOff;
    private final BackOff successorBackOff;
    private final FeedSubscription wanted;
    private FeedSubscription subscription;
    private FeedSession authority;
    private FeedSession successor;
    private long nextSuccessorNs;
    private long nextIncompleteNs;
    private long completeSinceNs;
    private long mutedSinceNs;
    private boolean complete;
    private long refusedInCycle;
    private long pastMessages;
    private long pastMessageBytes;
    private long pastGaps;
    private long reconnects;
    private long takeovers;
    private String refusal = "";

    FeedLane(
            int number,
            FeedSettings settings,
            List<String> products,
            RandomGenerator random,
            FeedRecorder owner,
            long nowNs) {
        this.number = number;
        this.settings = settings;
        this.owner = owner;
        this.backOff = new BackOff(settings.limits().backOff(), random);
        this.successorBackOff = new BackOff(settings.limits().backOff(), random);
        wanted = new FeedSubscription(products, settings.channels());
        subscription = wanted;
        nextSuccessorNs = nowNs;
        nextIncompleteNs = nowNs;
        authority = session(nowNs);
    }

    private FeedSession session(long startAtNs) {
        return new FeedSession(settings, subscription, owner, startAtNs);
    }

    // --- the authoritative session ----------------------------------------------------------------------------------

    /** Drives the authoritative session; never blocks. To be called for all lanes before any {@link #driveSuccessor}. */
    void driveAuthority(long nowNs) {
        if (subscription.isEmpty()) {
            askAgainAtTheRoll(nowNs);
            return;
        }
        authority.doWork(nowNs);
        if (heedRefusals(authority) && (subscription.isEmpty() || !authority.hasSnapshotsOf(subscription))) {
            // A server that refuses one name may have refused the others with it.
            dropSuccessor("the subscription changes");
            authority.close(CloseCodes.NORMAL_CLOSURE, "the subscription changes");
        }
        if (authority.state() == FeedSession.State.CLOSED && !subscription.isEmpty()) {
            replaceLost(nowNs);
        }
        if (authority.recordingForNs(nowNs) > TimeUnit.MILLISECONDS.toNanos(backOff.goodAfterMs())) {
            backOff.reset();
        }
    }

    /** What was refused is refused for a day: a server that has forgotten a product for a while knows it again. */
    private void askAgainAtTheRoll(long nowNs) {
        if (owner.writer().cycle() > refusedInCycle) {
            count(authority);
            subscription = wanted;
            authority = session(nowNs);
        }
    }

    /** Leaves out what the server says it does not know; true if that was anything. */
    private boolean heedRefusals(FeedSession session) {
        boolean changed = false;
        for (String text = session.pollRefusal(); text != null; text = session.pollRefusal()) {
            owner.say("the server answers: " + Refusal.readable(text));
            refusal = Refusal.readable(text);
            for (final String name : Refusal.unknownNames(text, subscription)) {
                owner.say(name + " is left out until the next roll: the server does not know it");
                subscription = subscription.without(name);
                refusedInCycle = owner.writer().cycle();
                changed = true;
            }
        }
        return changed;
    }

    /** The authoritative session is gone: its successor steps in, or a new one after a while. */
    private void replaceLost(long nowNs) {
        final ConnectFailure failure = authority.failure();
        if (failure != null) {
            owner.connectFailed(failure);
        }
        if (successor != null) {
            takeOver(nowNs);
        } else {
            count(authority);
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

    // --- its successor ----------------------------------------------------------------------------------------------

    /** Calls a successor where one is needed, and drives it; never blocks. */
    void driveSuccessor(long nowNs) {
        if (subscription.isEmpty()) {
            return;
        }
        if (successor == null) {
            callSuccessor(nowNs);
            return;
        }
        successor.doWork(nowNs);
        if (heedRefusals(successor)) {
            // The old connection goes on, whatever the new one is refused.
            subscription = subscription.isEmpty() ? authority.subscription() : subscription;
            postponeSuccessor(nowNs, "the subscription changes");
        } else if (successor.state() == FeedSession.State.CLOSED || successor.isHoled()) {
            postponeSuccessor(nowNs, "it ended before it had its snapshots");
        } else if (successor.canReplace(authority)) {
            replaceOnceCaughtUp(nowNs);
        } else if (successor.recordingForNs(nowNs) > settings.limits().overlap().toNanos()) {
            replaceWithWhatThereIs(nowNs);
        }
    }

    /** Opens another connection beside one that has to be replaced. */
    private void callSuccessor(long nowNs) {
        if (authority.state() != FeedSession.State.RECORDING) {
            return;
        }
        final boolean rolled = authority.cycle() < owner.writer().cycle();
        final boolean incomplete = nowNs - nextIncompleteNs >= 0
                && authority.recordingForNs(nowNs) > settings.limits().overlap().toNanos()
                && !authority.hasSnapshotsOf(subscription);
        if (!authority.isHoled() && !rolled && !incomplete) {
            if (authority.recordingForNs(nowNs) > TimeUnit.MILLISECONDS.toNanos(successorBackOff.goodAfterMs())) {
                successorBackOff.reset();
            }
        } else if (nowNs - nextSuccessorNs >= 0) {
            if (incomplete) {
                nextIncompleteNs = nowNs + INCOMPLETE_RETRY_NS;
                owner.say(called() + ": books without a snapshot; asking for them on another connection");
            }
            if (rolled
                    && !wanted.equals(subscription)
                    && refusedInCycle < owner.writer().cycle()) {
                subscription = wanted;
            }
            complete = false;
            successor = session(nowNs);
        }
    }

    private void replaceOnceCaughtUp(long nowNs) {
        if (!complete) {
            complete = true;
            completeSinceNs = nowNs;
        }
        if (!authority.isMuted()) {
            if (successor.hasCaughtUpWith(authority) || nowNs - completeSinceNs > LAG_GRACE_NS) {
                authority.mute();
                mutedSinceNs = nowNs;
            }
        } else if (authority.isQuiet() && successor.hasCaughtUpWith(authority)) {
            takeOver(nowNs);
        } else if (nowNs - mutedSinceNs > settings.limits().overlap().toNanos()) {
            postponeSuccessor(nowNs, "it is too far behind");
        }
    }

    /** The successor has had its time and still lacks snapshots that the old session has. */
    private void replaceWithWhatThereIs(long nowNs) {
        if (successor.replaceableProducts().isEmpty()
                && !authority.replaceableProducts().isEmpty()) {
            postponeSuccessor(nowNs, "it has no snapshots");
        } else if (authority.isBlind() || authority.replaceableProducts().isEmpty()) {
            final Set<String> missing = new TreeSet<>(authority.replaceableProducts());
            missing.removeAll(successor.replaceableProducts());
            owner.say(called() + ": the new connection takes over without snapshots of " + missing);
            takeOver(nowNs);
        } else {
            postponeSuccessor(nowNs, "it lacks snapshots that the old one has");
        }
    }

    private void postponeSuccessor(long nowNs, String reason) {
        final long delayMs = Math.max(successorBackOff.nextDelayMs(), askedForMs(successor.failure()));
        owner.say(called() + ": the new connection does not take over, " + reason + "; another one in " + delayMs
                + " ms");
        dropSuccessor(reason);
        nextSuccessorNs = nowNs + TimeUnit.MILLISECONDS.toNanos(delayMs);
        if (authority.isMuted()) {
            authority.close(CloseCodes.NORMAL_CLOSURE, "its successor failed");
        }
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

    private void takeOver(long nowNs) {
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
        }
        count(authority);
        authority = successor;
        successor = null;
        // Holes that come one after the other are answered ever more slowly.
        nextSuccessorNs = nowNs + TimeUnit.MILLISECONDS.toNanos(successorBackOff.nextDelayMs());
    }

    // --- figures ----------------------------------------------------------------------------------------------------

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
        return "lane " + number + " (" + wanted.products().get(0)
                + (wanted.products().size() > 1 ? ", …" : "") + ")";
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

    /** How it stands. */
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
                wanted.products(),
                wanted.products().stream()
                        .filter(product -> !subscription.products().contains(product))
                        .toList(),
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
