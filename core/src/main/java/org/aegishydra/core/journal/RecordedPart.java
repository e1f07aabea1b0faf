package org.aegishydra.core.journal;

/**
 * One journal of a recording.
 *
 * @param firstKind what its first record is.
 * @param shift what is added to its own sequences.
 * @param firstSequence its first record, as the recording numbers it.
 * @param lastSequence its last record, as the recording numbers it; it may have grown since if it is the recording's last.
 * @param firstTimeNs its first record's wall time, in nanoseconds since the epoch.
 * @param lastTimeNs its last record's wall time.
 */
record RecordedPart(
        Journal journal,
        RecordKind firstKind,
        long shift,
        long firstSequence,
        long lastSequence,
        long firstTimeNs,
        long lastTimeNs) {
    /** Looks at a journal's ends; null if it holds no record. */
    static RecordedPart of(Journal journal) {
        try (JournalTailer tailer = journal.tailer()) {
            final RecordHeader first = new RecordHeader();
            if (tailer.poll((header, buffer, offset, length) -> first.copyOf(header, 0), 1) == 0) {
                return null;
            }
            if (!first.kind().isText()) {
                throw new JournalException("journal " + journal.directory() + " is no recording: its first record is a "
                        + first.kind() + "; name a directory that holds recordings only");
            }
            final RecordHeader last = tailer.readLast();
            return new RecordedPart(
                    journal, first.kind(), 0, first.sequence(), last.sequence(), first.wallTimeNs(), last.wallTimeNs());
        }
    }

    /**
     * The same journal with its records numbered on from another's.
     *
     * @throws JournalException if its time does not follow the other's, or it does not begin with a recorder's start, so that
     *     a reader would take its connections for the other's.
     */
    RecordedPart after(RecordedPart before) {
        if (firstTimeNs < before.lastTimeNs) {
            throw new JournalException("journals " + before.journal.directory() + " and " + journal.directory()
                    + " overlap in time: name one of them, or a directory of journals that follow each other");
        }
        if (firstKind != RecordKind.RECORDER_STARTED) {
            throw new JournalException(
                    "journal " + journal.directory() + " begins in the middle of a recording, with a "
                            + firstKind + ": it cannot follow " + before.journal.directory()
                            + "; replay it alone, or move it out of the directory");
        }
        final long newShift = before.lastSequence + 1 - firstSequence;
        return new RecordedPart(
                journal,
                firstKind,
                newShift,
                firstSequence + newShift,
                lastSequence + newShift,
                firstTimeNs,
                lastTimeNs);
    }
}
