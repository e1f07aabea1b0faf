package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A connection as a journal has it, and which of the server's it can be. For one thread. */
final class RecordedConnection {
    private static final int SHOWN_BYTES = 120;
    private static final int LOOKED_AHEAD = 1000;

    /** One of the server's connections that has sent the same messages so far. */
    private record Candidate(LoadConnection connection, SentLog.Reader reader) {}

    private final LoadFeed feed;
    private final Set<LoadConnection> claimed;
    private final long run;
    private final int id;
    private List<Candidate> candidates = List.of();
    private long messages;
    private long gaps;
    private boolean ended;

    /**
     * A connection without messages.
     *
     * @param claimed the server's connections that are known to be others; grows by this one's.
     * @param run the number of the recorder.
     * @param id the recorder's number of the connection.
     */
    RecordedConnection(LoadFeed feed, Set<LoadConnection> claimed, long run, int id) {
        this.feed = feed;
        this.claimed = claimed;
        this.run = run;
        this.id = id;
    }

    /** Whether it is known which of the server's connections it is. */
    boolean isMatched() {
        return messages > 0 && candidates.size() == 1;
    }

    /** The server's end of it, once it is matched. */
    LoadConnection owner() {
        return candidates.get(0).connection();
    }

    long messages() {
        return messages;
    }

    /** The journal says that messages of it are missing. */
    void gap() {
        gaps++;
    }

    /** The journal says that it ended. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** The next message in the journal must be the next one that was sent. */
    void compare(byte[] recorded, long sequence) throws IOException {
        if (messages == 0) {
            candidates = allThatAreNotClaimed();
        }
        messages++;
        final List<Candidate> left = new ArrayList<>();
        String difference = "no connection of the server's is left that it could be";
        for (final Candidate candidate : candidates) {
            final byte[] sent = candidate.reader().next();
            if (Arrays.equals(sent, recorded)) {
                left.add(candidate);
            } else {
                difference = difference(candidate, sent, recorded);
                candidate.reader().close();
            }
        }
        if (left.isEmpty()) {
            throw new AssertionError(
                    "record " + sequence + ", message " + messages + " of " + this + ": " + difference);
        }
        candidates = left;
        if (left.size() == 1) {
            claimed.add(owner());
        }
    }

    private List<Candidate> allThatAreNotClaimed() throws IOException {
        final List<Candidate> all = new ArrayList<>();
        for (final LoadConnection connection : feed.connections()) {
            if (!claimed.contains(connection)) {
                all.add(new Candidate(connection, connection.log().reader()));
            }
        }
        return all;
    }

    private static String difference(Candidate candidate, byte[] sent, byte[] recorded) throws IOException {
        final LoadConnection connection = candidate.connection();
        final String who = "the server's connection " + connection.number() + " (" + connection.end() + ") ";
        if (sent == null) {
            return who + "sent " + candidate.reader().position() + " messages and not this one: " + shown(recorded, 0);
        }
        final int at = Arrays.mismatch(sent, recorded);
        String where = "; the record is none of the next " + LOOKED_AHEAD + " messages";
        byte[] ahead = candidate.reader().next();
        for (int i = 1; ahead != null && i <= LOOKED_AHEAD; i++) {
            if (Arrays.equals(ahead, recorded)) {
                where = "; " + i + " messages are missing before this record";
                break;
            }
            ahead = candidate.reader().next();
        }
        return who + "differs at byte " + at + ": sent " + sent.length + " bytes " + shown(sent, at) + ", recorded "
                + recorded.length + " bytes " + shown(recorded, at) + where;
    }

    private static String shown(byte[] bytes, int at) {
        final int from = Math.max(0, at - SHOWN_BYTES / 2);
        return "'" + new String(bytes, from, Math.min(SHOWN_BYTES, bytes.length - from), UTF_8) + "'";
    }

    /**
     * All of it is there where the recorder must have seen all, and a broken sequence is on record, if and only if the
     * sequence was broken before the last message.
     */
    void assertComplete() {
        if (!isMatched()) {
            return;
        }
        final long sent = owner().log().messages();
        if (owner().isCloseAnswered() && messages != sent) {
            throw new AssertionError(this + ": the recorder answered the close frame of the server's connection "
                    + owner().number() + ", and recorded " + messages + " of " + sent + " messages");
        }
        final long broken = owner().brokenAfter();
        // The fact follows its message, so a recorder may have been killed between the two.
        final boolean mustBeNoted = broken != LoadConnection.NOT_BROKEN && messages > broken + 1;
        final boolean mayBeNoted = broken != LoadConnection.NOT_BROKEN && messages > broken;
        if ((mustBeNoted && gaps == 0) || (!mayBeNoted && gaps > 0)) {
            throw new AssertionError(this + ", the server's connection " + owner().number() + ", has " + gaps
                    + " gaps on record after " + messages + " messages, and was broken after " + broken);
        }
    }

    void close() {
        try {
            for (final Candidate candidate : candidates) {
                candidate.reader().close();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "connection " + id + " of recorder " + run;
    }
}
