package org.aegishydra.recorder.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    @Test
    void shouldSubscribeAHundredConnectionsWithinCoinbasesLimits() {
        final int messagesPerConnection = 5;
        long nowNs = 0;
        final Admission admission = new Admission(nowNs);
        final Deque<Long> opened = new ArrayDeque<>();
        final Deque<Long> sent = new ArrayDeque<>();
        final Deque<long[]> subscribing = new ArrayDeque<>();
        int connections = 0;
        int done = 0;
        while (done < 100) {
            nowNs += STEP_NS;
            if (connections < 100 && admission.tryEnter(messagesPerConnection, nowNs)) {
                connections++;
                opened.add(nowNs);
                subscribing.add(new long[] {nowNs, 0});
            }
            while (!subscribing.isEmpty() && admission.tryBeginSend(nowNs)) {
                admission.endSend(nowNs);
                final long[] first = subscribing.peek();
                sent.add(nowNs);
                assertTrue(nowNs - first[0] <= 5 * SECOND_NS, "a subscription left too late");
                if (++first[1] == messagesPerConnection) {
                    subscribing.remove();
                    admission.leave(messagesPerConnection);
                    done++;
                }
            }
            assertWithinLimit(opened, nowNs);
            assertWithinLimit(sent, nowNs);
        }
        assertTrue(nowNs <= 80 * SECOND_NS, "500 messages at 7 a second");
    }

    private static void assertWithinLimit(Deque<Long> times, long nowNs) {
        while (!times.isEmpty() && nowNs - times.peek() >= SECOND_NS) {
            times.remove();
        }
        assertTrue(times.size() <= 8, () -> times.size() + " within a second");
    }

    @Test
    void shouldLetInOneConnectionThatNeedsMoreThanTheLimit() {
        final Admission admission = new Admission(0);
        assertTrue(admission.tryEnter(100, 0));
        assertFalse(admission.tryEnter(1, SECOND_NS));
        admission.leave(100);
        assertTrue(admission.tryEnter(1, 2 * SECOND_NS));
    }

    @Test
    void shouldSendOneMessageAtATime() {
        final Admission admission = new Admission(0);
        assertTrue(admission.tryBeginSend(0));
        assertFalse(admission.tryBeginSend(0));
        admission.endSend(STEP_NS);
        assertTrue(admission.tryBeginSend(STEP_NS));
    }

    @Test
    void shouldCountAnySecond() {
        final RateLimit limit = new RateLimit(2, 0);
        int events = 0;
        for (long nowNs = 0; nowNs < 10 * SECOND_NS; nowNs += STEP_NS) {
            if (limit.allows(nowNs)) {
                limit.note(nowNs);
                events++;
            }
        }
        assertEquals(20, events);
    }
}
