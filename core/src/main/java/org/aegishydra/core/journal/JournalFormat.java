package org.aegishydra.core.journal;

/**
 * How a journal is laid out on disk. The format of an existing journal is checked against the one asked for, because
 * Chronicle would silently use what the directory says.
 *
 * @param rollPattern the length of a cycle file: {@link #DAILY} or {@link #HOURLY}, both in UTC.
 * @param blockSizeBytes what is mapped at once. A record fits in a quarter of it.
 */
public record JournalFormat(String rollPattern, long blockSizeBytes) {
    /** One file a UTC day. */
    public static final String DAILY = "FAST_DAILY";

    /** One file an hour. */
    public static final String HOURLY = "FAST_HOURLY";

    /** The largest payload of a record: the largest frame that a recorder accepts. */
    public static final int MAX_PAYLOAD_BYTES = 64 << 20;

    /** A recording: room for the largest frame. */
    public static final JournalFormat MARKET = new JournalFormat(DAILY, 512L << 20);

    /** The journals of a run, whose records are small. */
    public static final JournalFormat RUN = new JournalFormat(DAILY, 64L << 20);

    /** The largest payload that this format takes. */
    public int maxPayloadBytes() {
        return (int) Math.min(MAX_PAYLOAD_BYTES, blockSizeBytes / 4 - 1024);
    }
}
