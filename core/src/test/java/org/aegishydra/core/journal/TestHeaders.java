package org.aegishydra.core.journal;

/** Headers of records that stand in no journal, for tests. Stateless. */
public final class TestHeaders {
    private TestHeaders() {}

    /** A header as a tailer would hand it over. */
    public static RecordHeader of(RecordKind kind, Dialect dialect, int connectionId, long sequence, long wallTimeNs) {
        final RecordHeader header = new RecordHeader();
        header.kind = kind;
        header.dialect = dialect;
        header.connectionId = connectionId;
        header.sequence = sequence;
        header.wallTimeNs = wallTimeNs;
        header.eventTimeNs = wallTimeNs;
        return header;
    }
}
