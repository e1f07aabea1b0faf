package org.aegishydra.replayer.fixes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.scribe.PaperFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Each form of what follows a step does the real thing. */
class StepWorkTest {
    private static final long TIME_NS = 1_786_309_548_228_568_999L;
    private static final int TOTAL = 32;
    private static final int STRATEGY = 56;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream console = new PrintStream(printed, false, StandardCharsets.UTF_8);
    private final PaperFormat format = new PaperFormat(100_000, 5);

    private static StepRecord step(long number, long timeNs) {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[StepRecord.LENGTH_BYTES]);
        bytes.putLong(TOTAL, 18_300_000, ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(STRATEGY, 400_000, ByteOrder.LITTLE_ENDIAN);
        return new StepRecord()
                .wrap(bytes, 0)
                .at(7, number, timeNs)
                .product("BTC-USD", 2, 1)
                .top(6_508_365, 5, 6_508_367, 5)
                .state(-0.1234, 15_005, 98_765.432);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    @Test
    void shouldCollectTheWholeHeapEverySoManySteps() {
        final FullCollection collection = new FullCollection(1_000);
        assertFalse(collection.follows(999));
        assertTrue(collection.follows(2_000));
        final long before = collections();
        assertEquals(StepOperation.GC_COLLECT.bit(), collection.onStep(step(2_000, TIME_NS)));
        assertTrue(collections() > before, "no collection");
    }

    @Test
    void shouldWriteTheStatusLineAsTheLocaleWritesNumbers() {
        final LocalizedStatusLine german = new LocalizedStatusLine(console, Locale.GERMANY, 100_000, 10);
        assertFalse(german.follows(19));
        assertTrue(german.follows(20));
        assertEquals(StepOperation.STATUS_LINE.bit(), german.onStep(step(20, TIME_NS)));
        new LocalizedStatusLine(console, Locale.US, 100_000, 10).onStep(step(123_450, TIME_NS));
        assertEquals("""
                Step 00020 | BTC: 65.083,66 | M: -0,123 | Pos: +1.500,5 | Cap: $98.765,43 (-1,23%)
                Step 123450 | BTC: 65,083.66 | M: -0.123 | Pos: +1,500.5 | Cap: $98,765.43 (-1.23%)
                """, printed());
    }

    @Test
    void shouldShowAPriceOfZeroWhereASideIsEmpty() {
        new LocalizedStatusLine(console, Locale.US, 100_000, 10)
                .onStep(step(10, TIME_NS).top(Long.MIN_VALUE, 0, 6_508_367, 5));
        assertTrue(printed().startsWith("Step 00010 | BTC: 0.00 |"), printed());
    }

    @Test
    void shouldWriteThePlainStatusLineWithLoopAndEngine() {
        final PlainStatusLine plain = new PlainStatusLine(console, format, 100);
        assertFalse(plain.follows(110));
        assertTrue(plain.follows(200));
        assertEquals(StepOperation.STATUS_LINE.bit(), plain.onStep(step(200, TIME_NS)));
        assertEquals(
                "Step 00200 | BTC: 65083.66 | M: -0.123 | Pos: +1500.5 | Cap: $98765.43 (-1.23%)"
                        + " | Loop: 18.3ms | Eng: 0.4ms\n",
                printed());
    }

    @Test
    void shouldPrintALineAboutASpike() {
        final SpikeLines spikes = new SpikeLines(console);
        assertFalse(spikes.follows(1_000), "it needs no record of a step that is none");
        spikes.onSpike(
                step(1_000, TIME_NS).operations(StepOperation.JSON_DUMP.bit() | StepOperation.GC_COLLECT.bit()),
                17_000_000);
        assertEquals(
                "⚠️  SPIKE: {'step': 1000, 'total_ms': 18.3, 'engine_ms': 0.4, 'overhead_ms': 17.9, "
                        + "'operations': ['json_dump', 'gc_collect']}\n",
                printed());
    }

    @Test
    void shouldFormatEachRowsTimestampBefore() {
        final RowTimestamps timestamps = new RowTimestamps.EachFormatted();
        final String first = timestamps.ofLogRow(TIME_NS);
        final String second = timestamps.ofStateObject(TIME_NS);
        assertEquals("2026-08-09T21:05:48.228568Z", first);
        assertEquals(first, second);
        assertNotSame(first, second);
    }

    @Test
    void shouldFormatAStepsTimestampOnceInSeed() {
        final RowTimestamps timestamps = new RowTimestamps.OnceFormatted();
        final String first = timestamps.ofLogRow(TIME_NS);
        assertEquals("2026-08-09T21:05:48.228568Z", first);
        assertSame(first, timestamps.ofStateObject(TIME_NS));
        assertEquals("2026-08-09T21:05:48.228570Z", timestamps.ofLogRow(TIME_NS + 2_000));
    }

    @Test
    void shouldFormatTwoTimestampsAStepThoughNobodyReadsThem() {
        final UnreadTimestamps unread = new UnreadTimestamps();
        assertTrue(unread.follows(1));
        assertEquals(0, unread.onStep(step(1, TIME_NS)));
        unread.onStep(step(2, TIME_NS));
        assertEquals(4L * "2026-08-09T21:05:48.228568Z".length(), unread.characters());
    }

    @Test
    void shouldWriteTheSameRowsWithATimestampFormattedBefore() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            final StepRecord step = step(i, random.nextLong(Long.MAX_VALUE));
            final String time = RowTimestamps.format(step.eventTimeNs());
            final StringBuilder own = new StringBuilder();
            final StringBuilder given = new StringBuilder();
            format.logRow(own, step);
            format.stateObject(own, step);
            format.logRow(given, time, step);
            format.stateObject(given, time, step);
            assertEquals(own.toString(), given.toString());
        }
    }
}
