package org.aegishydra.core.journal;

/**
 * How a journal is laid out on disk. The format of an existing journal is checked against the one asked for, because
 * Chronicle would silently use what the directory says.
 *
 * @param roll the time that one cycle file is for.
 * @param blockSizeBytes what is mapped at once. A record fits in a quarter of it.
 */
public record JournalFormat(Roll roll, long blockSizeBytes) {
    /** The largest payload of a record: the largest frame that a recorder accepts. */
    public static final int MAX_PAYLOAD_BYTES = 64 << 20;

    /** A recording: room for the largest frame. */
    public static final JournalFormat MARKET = new JournalFormat(Roll.DAILY, 512L << 20);

    /** The journals of a run, whose records are small. */
    public static final JournalFormat RUN = new JournalFormat(Roll.DAILY, 64L << 20);

    /** This format with another roll. */
    public JournalFormat withRoll(Roll other) {
        return new JournalFormat(other, blockSizeBytes);
    }

    /** The largest payload that this format takes. */
    public int maxPayloadBytes() {
        return (int) Math.min(MAX_PAYLOAD_BYTES, blockSizeBytes / 4 - 1024);
    }
}
