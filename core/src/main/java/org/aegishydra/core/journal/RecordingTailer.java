package org.aegishydra.core.journal;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Reads the journals of a {@link Recording} one after the other, with one of them open at a time. Used by one thread. */
final class RecordingTailer implements RecordReader {
    private final List<RecordedPart> parts;
    private final RecordHeader numbered = new RecordHeader();
    private final RecordHandler forward = this::onRecord;
    private int current;
    private JournalTailer tailer;
    private long lastSequence;
    private long eventTimeNs;
    private RecordHandler handler;

    RecordingTailer(List<RecordedPart> parts) {
        this.parts = parts;
        open(0);
    }

    /** Stands before the first record of a journal. */
    private void open(int index) {
        close();
        current = index;
        tailer = part().journal().tailer();
        lastSequence = part().firstSequence() - 1;
    }

    private RecordedPart part() {
        return parts.get(current);
    }

    private boolean isLast() {
        return current == parts.size() - 1;
    }

    @Override
    public int poll(RecordHandler newHandler, int limit) {
        handler = newHandler;
        int records = 0;
        while (records < limit) {
            if (!isLast() && lastSequence == part().lastSequence()) {
                open(current + 1);
            }
            final long left = isLast() ? limit : part().lastSequence() - lastSequence;
            final int polled = tailer.poll(forward, (int) Math.min(limit - records, left));
            records += polled;
            if (polled == 0) {
                if (isLast()) {
                    break;
                }
                throw new JournalException("journal " + part().journal().directory() + " ends with record "
                        + (lastSequence - part().shift()) + ", though it had records up to "
                        + (part().lastSequence() - part().shift()) + " when it was opened");
            }
        }
        return records;
    }

    private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        eventTimeNs = Math.max(eventTimeNs, header.wallTimeNs);
        lastSequence = header.sequence + part().shift();
        numbered.copyOf(header, header.monotonicTimeNs);
        numbered.sequence = lastSequence;
        numbered.eventTimeNs = eventTimeNs;
        handler.onRecord(numbered, buffer, offset, length);
    }

    @Override
    public boolean seek(long sequence) {
        eventTimeNs = 0;
        int index = 0;
        while (index < parts.size() - 1 && parts.get(index).lastSequence() < sequence) {
            index++;
        }
        open(index);
        lastSequence = Math.max(sequence, part().firstSequence()) - 1;
        return tailer.seek(sequence - part().shift());
    }

    @Override
    public List<RecordedDay> days() {
        final List<RecordedDay> days = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            open(i);
            for (final RecordedDay own : tailer.days()) {
                add(days, own);
            }
        }
        return List.copyOf(days);
    }

    /** A day may begin in one journal and go on in the next. */
    private void add(List<RecordedDay> days, RecordedDay own) {
        final RecordedDay before = days.isEmpty() ? null : days.get(days.size() - 1);
        final boolean goesOn = before != null && before.day().equals(own.day());
        final RecordedDay day = new RecordedDay(
                own.day(),
                goesOn ? before.firstSequence() : own.firstSequence() + part().shift(),
                own.lastSequence() + part().shift());
        if (goesOn) {
            days.set(days.size() - 1, day);
        } else {
            days.add(day);
        }
    }

    @Override
    public void close() {
        if (tailer != null) {
            tailer.close();
            tailer = null;
        }
    }
}
