package org.aegishydra.core.journal;

/**
 * What a record is. A market journal holds {@link #MESSAGE}s and the facts without which a replay would lie;
 * the journals of a run hold {@link #DECISION}, {@link #CONTROL}, {@link #MARK}, {@link #STEP} and {@link #SPIKE}.
 *
 * <p>A fact's payload is one JSON object, see {@link Fact}. The payload of a run's record is a fixed binary layout.
 */
public enum RecordKind {
    /** A feed's message, its exact UTF-8 bytes. */
    MESSAGE(true),

    /** The recorder's version, settings and boot id; the first record of each recorder process. */
    RECORDER_STARTED(true),
    /** The recorder ended on purpose, with its reason. */
    RECORDER_STOPPED(true),
    /** A WebSocket connection is open. */
    CONNECTED(true),
    /** The subscriptions of a connection were sent. */
    SUBSCRIBED(true),
    /** From here on this connection is authoritative for the named products. */
    TAKEOVER(true),
    /** A connection ended, with close code and reason. */
    DISCONNECTED(true),
    /** Messages of a connection are missing: channel, expected and received number. */
    GAP(true),
    /** A message was larger than a record may be. */
    OVERSIZED(true),
    /** A message was not valid UTF-8. */
    INVALID_TEXT(true),

    /** An order, fill, refusal or cancellation of a run. */
    DECISION(false),
    /** An input of a run that is not in the market journal. */
    CONTROL(false),
    /** The digest of a run so far. */
    MARK(false),
    /** One step of a run. */
    STEP(false),
    /** A step that took longer than the spike threshold. */
    SPIKE(false);

    private final boolean text;

    RecordKind(boolean text) {
        this.text = text;
    }

    /** Whether the payload is UTF-8 text, as opposed to a binary layout. */
    public boolean isText() {
        return text;
    }
}
