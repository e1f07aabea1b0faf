package org.aegishydra.trader;

import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.latency.HotPath;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.StepRecord;

/**
 * Writes steps and spikes to memory-mapped storage, where the {@link Scribe} finds them: one append of fixed length, no
 * text. Used by the trading thread.
 */
@HotPath
public final class StepJournal implements StepObserver {
    private final JournalAppender appender;
    private final int interval;
    private final long lastOldStep;

    /**
     * A journal of steps. One that holds some already goes on behind the last of them, since a run that is resumed takes
     * those again.
     *
     * @param interval every how many-th step is written: 1 for all, 0 for none. Spikes are always written.
     */
    public StepJournal(Journal journal, int interval) {
        this.appender = journal.appender();
        this.interval = interval;
        this.lastOldStep = appender.lastSequence() == 0 ? 0 : lastStep(journal, appender.lastSequence());
    }

    private static long lastStep(Journal journal, long lastRecord) {
        final StepRecord last = new StepRecord();
        try (JournalTailer tailer = journal.tailer()) {
            tailer.seek(lastRecord);
            tailer.poll((header, buffer, offset, length) -> last.copyOf(new StepRecord().wrap(buffer, offset)), 1);
        }
        return last.step();
    }

    /** The last step that was in the journal when it was opened; 0 if it was new. */
    long lastOldStep() {
        return lastOldStep;
    }

    @Override
    public void onDecision(DecisionRecord decision) {
        // Decisions are in their own journal already.
    }

    @Override
    public long onStep(StepRecord step) {
        if (interval != 0 && step.step() % interval == 0 && step.step() > lastOldStep) {
            append(RecordKind.STEP, step);
        }
        return 0;
    }

    @Override
    public void onSpike(StepRecord step) {
        if (step.step() > lastOldStep) {
            append(RecordKind.SPIKE, step);
        }
    }

    private void append(RecordKind kind, StepRecord step) {
        appender.append(kind, Dialect.NONE, 0, step.eventTimeNs(), 0, step.buffer(), 0, StepRecord.LENGTH_BYTES);
    }

    @Override
    public void close() {
        appender.close();
    }
}
