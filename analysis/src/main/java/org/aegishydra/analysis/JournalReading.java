package org.aegishydra.analysis;

import java.util.function.LongPredicate;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.agrona.DirectBuffer;

/**
 * Reads a journal's records in order, up to its end at the time of reading, and finds out what keeps it from being whole:
 * a record that is missing, unreadable or at odds with its checksum, or an end that cannot be reached. Damage ends the
 * reading; what came before it was handed over. Used by one thread, once.
 */
final class JournalReading {
    private static final int BATCH_RECORDS = 1024;

    private final Journal journal;
    private final boolean verifyChecksums;
    private final Position position = new Position();
    private long endSequence;
    private String damage;

    /** Hands records on and remembers which one is being handled. */
    private static final class Position implements RecordHandler {
        private RecordHandler handler;
        private boolean inHandler;
        private long sequence;

        @Override
        public void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
            sequence = header.sequence();
            inHandler = true;
            handler.onRecord(header, buffer, offset, length);
            inHandler = false;
        }
    }

    JournalReading(Journal journal, boolean verifyChecksums) {
        this.journal = journal;
        this.verifyChecksums = verifyChecksums;
    }

    /** What is damaged and where; null if nothing was found to be. */
    String damage() {
        return damage;
    }

    /** The sequence of the journal's last record when the reading began; 0 if that is not known. */
    long endSequence() {
        return endSequence;
    }

    /** Finds the journal's end, so that a reading that ends before it is noticed. */
    void findEnd() {
        guarded(() -> {
            try (JournalTailer tailer = journal.tailer()) {
                final RecordHeader last = tailer.readLast();
                endSequence = last == null ? 0 : last.sequence();
            }
        });
    }

    /**
     * Reads.
     *
     * @param fromSequence where to begin; 0 or 1 for the first record.
     * @param limit the most records to read.
     * @param goOn asked now and then, with the sequence of the last record read; false ends the reading.
     * @return false if the journal ends before the record to begin with.
     */
    boolean read(long fromSequence, long limit, RecordHandler handler, LongPredicate goOn) {
        final String damageAtEnd = damage;
        damage = null;
        position.handler = handler;
        final boolean[] found = {true};
        guarded(() -> {
            try (JournalTailer tailer = journal.tailer().verifyChecksums(verifyChecksums)) {
                found[0] = fromSequence <= 1 || tailer.seek(fromSequence);
                if (found[0] && readOn(tailer, limit, goOn)) {
                    checkEnd();
                }
            }
        });
        if (damage == null) {
            damage = damageAtEnd;
        }
        return found[0];
    }

    /** Returns whether the tailer came to the journal's end. */
    private boolean readOn(JournalTailer tailer, long limit, LongPredicate goOn) {
        long rest = limit;
        while (rest > 0 && goOn.test(position.sequence)) {
            final int records = tailer.poll(position, (int) Math.min(rest, BATCH_RECORDS));
            if (records == 0) {
                return true;
            }
            rest -= records;
        }
        return false;
    }

    private void checkEnd() {
        if (position.sequence < endSequence) {
            throw new JournalException("journal " + journal.directory() + ": nothing can be read after record "
                    + position.sequence + ", although the last record is " + endSequence);
        }
    }

    /** Damaged files show as whatever Chronicle stumbles over; a fault in mapped memory shows as an InternalError. */
    private void guarded(Runnable reading) {
        try {
            reading.run();
        } catch (final JournalException e) {
            damage = position.inHandler
                    ? "journal " + journal.directory() + ": record " + position.sequence + ": " + e.getMessage()
                    : e.getMessage();
        } catch (final InternalError e) {
            damage = unreadable("the cycle file is cut off, or its disk fails (" + e.getMessage() + ")");
        } catch (final RuntimeException e) {
            if (position.inHandler) {
                throw e;
            }
            damage = unreadable(e.toString());
        }
    }

    private String unreadable(String why) {
        final long lastWhole = position.inHandler ? position.sequence - 1 : position.sequence;
        return "journal " + journal.directory() + ": cannot be read after record " + lastWhole + ": " + why;
    }
}
