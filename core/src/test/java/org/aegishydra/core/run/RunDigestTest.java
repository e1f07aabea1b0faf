package org.aegishydra.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RunDigestTest {
    private static long digestOf(DecisionRecord... decisions) {
        final RunDigest digest = new RunDigest();
        for (final DecisionRecord decision : decisions) {
            digest.add(decision);
        }
        assertEquals(decisions.length, digest.count());
        return digest.decisions();
    }

    @Test
    void shouldBeTheSameForTheSameDecisions() {
        assertEquals(
                digestOf(DecisionRecordTest.sample(), DecisionRecordTest.sample()),
                digestOf(DecisionRecordTest.sample(), DecisionRecordTest.sample()));
    }

    @Test
    void shouldChangeWithEveryBitOfADecision() {
        final Set<Long> seen = new HashSet<>();
        seen.add(digestOf(DecisionRecordTest.sample()));
        final UnsafeBuffer changed = new UnsafeBuffer(new byte[DecisionRecord.LENGTH_BYTES]);
        for (int bit = 0; bit < DecisionRecord.LENGTH_BYTES * 8; bit++) {
            changed.putBytes(0, DecisionRecordTest.sample().buffer(), 0, DecisionRecord.LENGTH_BYTES);
            changed.putByte(bit / 8, (byte) (changed.getByte(bit / 8) ^ 1 << bit % 8));
            assertTrue(seen.add(digestOf(new DecisionRecord().wrap(changed, 0))), "bit " + bit);
        }
    }

    @Test
    void shouldChangeWithTheOrderOfDecisions() {
        final DecisionRecord first = DecisionRecordTest.sample().numbers(1, 2);
        final DecisionRecord second = DecisionRecordTest.sample().numbers(2, 1);
        assertNotEquals(digestOf(first, second), digestOf(second, first));
    }

    @Test
    void shouldChangeWithTheNumberOfDecisions() {
        final DecisionRecord nothing = new DecisionRecord();
        final Set<Long> seen = new HashSet<>();
        seen.add(digestOf());
        assertTrue(seen.add(digestOf(nothing)));
        assertTrue(seen.add(digestOf(nothing, nothing)));
    }

    @Test
    void shouldChangeWithTheBooks() {
        final RunDigest digest = new RunDigest();
        digest.add(DecisionRecordTest.sample());
        assertNotEquals(digest.with(1), digest.with(2));
        assertNotEquals(digest.decisions(), digest.with(0));
    }

    @Test
    void shouldBeKeptByAMark() {
        final RunDigest digest = new RunDigest();
        digest.add(DecisionRecordTest.sample());
        final MarkRecord written = new MarkRecord().set(20_000, digest, -7);
        final UnsafeBuffer journal = new UnsafeBuffer(new byte[100]);
        journal.putBytes(40, written.buffer(), 0, MarkRecord.LENGTH_BYTES);
        final MarkRecord read = new MarkRecord().wrap(journal, 40);
        assertEquals(20_000, read.marketSequence());
        assertEquals(1, read.decisions());
        assertEquals(digest.decisions(), read.decisionDigest());
        assertEquals(-7, read.bookDigest());
    }
}
