package org.aegishydra.replayer.fixes;

import java.util.List;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.StepObserver;
import org.agrona.CloseHelper;

/** What follows a step in several concerns, one after the other. Used by the trading thread. */
final class StepWorks implements StepObserver {
    private final StepObserver[] works;

    private StepWorks(List<StepObserver> works) {
        this.works = works.toArray(StepObserver[]::new);
    }

    /** All of these in their order; a single one as it is, so that it costs no more than in production. */
    static StepObserver of(List<StepObserver> works) {
        return works.size() == 1 ? works.get(0) : new StepWorks(works);
    }

    @Override
    public void onDecision(DecisionRecord decision) {
        for (final StepObserver work : works) {
            work.onDecision(decision);
        }
    }

    @Override
    public boolean follows(long step) {
        for (final StepObserver work : works) {
            if (work.follows(step)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long onStep(StepRecord step) {
        final long number = step.step();
        long operations = 0;
        for (final StepObserver work : works) {
            if (work.follows(number)) {
                operations |= work.onStep(step);
            }
        }
        return operations;
    }

    @Override
    public void onSpike(StepRecord step, long followNs) {
        for (final StepObserver work : works) {
            work.onSpike(step, followNs);
        }
    }

    @Override
    public void onIdle() {
        for (final StepObserver work : works) {
            work.onIdle();
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(works);
    }
}
