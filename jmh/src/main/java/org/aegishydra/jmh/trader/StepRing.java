package org.aegishydra.jmh.trader;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.StepBatch;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.StepObserver;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The other way to record steps: the trading thread puts them into a ring in memory, and a thread of its own takes them out
 * and appends them, batch by batch, to the journal. A full ring makes the trading thread wait, since nothing may be lost;
 * {@link #waits} counts that. A process that is killed loses what is in the ring, up to its capacity.
 */
final class StepRing implements StepObserver {
    private static final int CAPACITY_BYTES = 1 << 24;
    private static final int STEP = 1;
    private static final long PARK_NS = 1_000;

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY_BYTES + RingBufferDescriptor.TRAILER_LENGTH)));
    private final JournalAppender appender;
    private final StepBatch batch = new StepBatch();
    private final StepRecord view = new StepRecord();
    private final Thread thread = new Thread(this::drain, "step-ring");
    private volatile boolean closing;
    private long waits;

    StepRing(JournalAppender appender) {
        this.appender = appender;
        thread.setDaemon(true);
        thread.start();
    }

    /** How often the ring was full. */
    long waits() {
        return waits;
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
        while (!ring.write(STEP, step.buffer(), 0, StepRecord.LENGTH_BYTES)) {
            waits++;
            LockSupport.parkNanos(PARK_NS);
        }
        return 0;
    }

    @Override
    public void onSpike(StepRecord step, long followNs) {
        // Left out: there are none to speak of.
    }

    @Override
    public void onIdle() {
        // The other thread does what there is.
    }

    private void drain() {
        while (true) {
            final boolean last = closing;
            final int taken = ring.read(this::take, StepBatch.CAPACITY);
            if (!batch.isEmpty()) {
                appender.append(
                        RecordKind.STEP,
                        Dialect.NONE,
                        0,
                        view.eventTimeNs(),
                        0,
                        batch.buffer(),
                        0,
                        batch.lengthBytes());
                batch.clear();
            }
            if (taken == 0) {
                if (last) {
                    return;
                }
                LockSupport.parkNanos(PARK_NS);
            }
        }
    }

    private void take(int type, MutableDirectBuffer buffer, int index, int length) {
        batch.add(view.wrap(buffer, index));
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        appender.close();
    }
}
