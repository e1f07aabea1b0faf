package org.aegishydra.jmh.trader;

import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.StepObserver;

/** How steps were recorded first: each is a record of the journal. Used by the trading thread. */
final class SingleStepJournal implements StepObserver {
    private final JournalAppender appender;

    SingleStepJournal(JournalAppender appender) {
        this.appender = appender;
    }

    @Override
    public void onDecision(DecisionRecord decision) {
        // Decisions are in their own journal already.
    }

    @Override
    public boolean follows(long step) {
        return true;
    }

    @Override
    public long onStep(StepRecord step) {
        append(RecordKind.STEP, step);
        return 0;
    }

    @Override
    public void onSpike(StepRecord step, long followNs) {
        append(RecordKind.SPIKE, step);
    }

    private void append(RecordKind kind, StepRecord step) {
        appender.append(kind, Dialect.NONE, 0, step.eventTimeNs(), 0, step.buffer(), 0, StepRecord.LENGTH_BYTES);
    }

    @Override
    public void onIdle() {
        // Nothing is put off.
    }

    @Override
    public void close() {
        appender.close();
    }
}
