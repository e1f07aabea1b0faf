package org.aegishydra.core.journal;

/**
 * The header of a record: a view that a tailer reuses, valid during {@link RecordHandler#onRecord}.
 * Written and read on the polling thread only.
 */
public final class RecordHeader {
    RecordKind kind = RecordKind.MESSAGE;
    Dialect dialect = Dialect.NONE;
    int connectionId;
    long sequence;
    long wallTimeNs;
    long eventTimeNs;
    long monotonicTimeNs;
    int crc32c;

    public RecordKind kind() {
        return kind;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** The connection that received the record; 0 for a fact about the recorder itself. */
    public int connectionId() {
        return connectionId;
    }

    /** The journal's own number of the record: 1 for its first record, then contiguous. */
    public long sequence() {
        return sequence;
    }

    /** When the record was received, in nanoseconds since the epoch. May step back with the host's clock. */
    public long wallTimeNs() {
        return wallTimeNs;
    }

    /** The running maximum of {@link #wallTimeNs()} since the tailer's first record: the time that decisions may use. */
    public long eventTimeNs() {
        return eventTimeNs;
    }

    /** {@link System#nanoTime()} at reception, comparable within one boot of one host; 0 for an import. */
    public long monotonicTimeNs() {
        return monotonicTimeNs;
    }

    /** CRC-32C of the payload, as written. */
    public int crc32c() {
        return crc32c;
    }

    /**
     * Copies another record's header, with another monotonic time: for a source that hands a record on.
     *
     * @param other the header to copy.
     * @param handedOverNs the monotonic time from which latency is to be measured; 0 for none.
     * @return this header.
     */
    public RecordHeader copyOf(RecordHeader other, long handedOverNs) {
        kind = other.kind;
        dialect = other.dialect;
        connectionId = other.connectionId;
        sequence = other.sequence;
        wallTimeNs = other.wallTimeNs;
        eventTimeNs = other.eventTimeNs;
        monotonicTimeNs = handedOverNs;
        crc32c = other.crc32c;
        return this;
    }
}
