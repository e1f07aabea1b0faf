package org.aegishydra.trader;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.latency.HotPath;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.SpikeRecord;
import org.aegishydra.core.run.StepBatch;
import org.aegishydra.core.run.StepRecord;
import org.agrona.DirectBuffer;

/**
 * Writes steps and spikes to memory-mapped storage, where the {@link org.aegishydra.trader.scribe.Scribe} finds them: fixed
 * lengths, no text. Steps are gathered and appended together: when there are {@link StepBatch#CAPACITY}, or when there is
 * nothing else to do, which in a live run is nearly always at once. A process that is killed leaves out what it had gathered;
 * who resumes the run comes to those steps again, since a checkpoint is behind none of them. Used by the trading thread.
 */
@HotPath
public final class StepJournal implements StepObserver {
    /** Far more than is written between two looks of the populating thread; so much of the disk is taken meanwhile. */
    private static final long AHEAD_BYTES = 16L << 20;

    private final JournalAppender appender;
    private final AtomicLong writtenRecords = new AtomicLong();
    private final int interval;
    private final long lastOldStep;
    private final StepBatch gathered = new StepBatch();
    private final SpikeRecord spike = new SpikeRecord();
    private long eventTimeNs;

    /**
     * A journal of steps. One that holds some already goes on behind the last of them, since a run that is resumed takes
     * those again.
     *
     * @param interval every how many-th step is written: 1 for all, 0 for none. Spikes are always written.
     */
    public StepJournal(Journal journal, int interval) {
        this.appender = journal.appender();
        this.writtenRecords.set(appender.lastSequence());
        this.interval = interval;
        this.lastOldStep = appender.lastSequence() == 0 ? 0 : lastStep(journal, appender.lastSequence());
    }

    private static long lastStep(Journal journal, long lastRecord) {
        final StepRecord last = new StepRecord();
        try (JournalTailer tailer = journal.tailer()) {
            tailer.seek(lastRecord);
            tailer.poll(
                    (header, buffer, offset, length) -> last.copyOf(
                            header.kind() == RecordKind.SPIKE
                                    ? new SpikeRecord().wrap(buffer, offset).step()
                                    : new StepRecord().wrap(buffer, offset + length - StepRecord.LENGTH_BYTES)),
                    1);
        }
        return last.step();
    }

    /** Has a thread bring in the pages that will be written next: see {@link JournalAppender#populateAhead}. */
    public void populateAhead(Consumer<String> log) {
        appender.populateAhead(AHEAD_BYTES, RunFolder.KEEP_FREE_BYTES, log);
    }

    long populatedBytes() {
        return appender.populatedBytes();
    }

    /** The last step that was in the journal when it was opened; 0 if it was new. */
    long lastOldStep() {
        return lastOldStep;
    }

    /** The last record that is in the journal; may be asked by any thread. */
    public long writtenRecords() {
        return writtenRecords.get();
    }

    @Override
    public void onDecision(DecisionRecord decision) {
        // Decisions are in their own journal already.
    }

    @Override
    public boolean follows(long step) {
        return (interval == 1 || (interval != 0 && step % interval == 0)) && step > lastOldStep;
    }

    @Override
    public long onStep(StepRecord step) {
        gathered.add(step);
        eventTimeNs = step.eventTimeNs();
        if (gathered.isFull()) {
            appendGathered();
        }
        return 0;
    }

    @Override
    public void onSpike(StepRecord step, long followNs) {
        if (step.step() > lastOldStep) {
            eventTimeNs = step.eventTimeNs();
            // A spike comes behind its step.
            appendGathered();
            append(RecordKind.SPIKE, spike.of(step, followNs).buffer(), SpikeRecord.LENGTH_BYTES);
        }
    }

    @Override
    public void onIdle() {
        appendGathered();
    }

    private void appendGathered() {
        if (!gathered.isEmpty()) {
            append(RecordKind.STEP, gathered.buffer(), gathered.lengthBytes());
            gathered.clear();
        }
    }

    private void append(RecordKind kind, DirectBuffer payload, int length) {
        writtenRecords.lazySet(appender.append(kind, Dialect.NONE, 0, eventTimeNs, 0, payload, 0, length));
    }

    @Override
    public void close() {
        appendGathered();
        appender.close();
    }
}
