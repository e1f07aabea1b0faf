package org.aegishydra.trader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.aegishydra.core.command.JvmFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Once everything has grown to its size, neither the trading thread nor the scribe allocates anything for a record. The long
 * form: {@code -Daegis.quiet.records=5000000}.
 */
class QuietRunTest {
    private static final int RECORDS = Integer.getInteger("aegis.quiet.records", 200_000);
    private static final int WARM_UP_RECORDS = 100_000;
    private static final int WINDOW_RECORDS = 5_000;

    /** To open a file and rename it, once for each state of a product, that is for each second at most. */
    private static final long MOST_BYTES_A_DUMP = 4_096;

    /** A tailer that waits at a journal's end looks every 20 ms whether its file is still there. */
    private static final long LOOK_INTERVAL_NS = 20_000_000;

    private static final long MOST_BYTES_A_LOOK = 256;

    /**
     * Chronicle maps the next 64 MiB of a journal now and then, which takes it about 2 KB; and the compiler costs a thread some
     * dozens of bytes when it first compiles a branch or gives one up.
     */
    private static final double MOST_BYTES_A_RECORD = 0.05;

    @TempDir
    Path directory;

    @Test
    void shouldAllocateNothingForARecord() {
        final Path market = directory.resolve("market");
        QuietRun.write(market, RECORDS);
        try (QuietRun run = new QuietRun(market, directory.resolve("run"))) {
            run.handle(WARM_UP_RECORDS);
            final long decidedBefore = run.decided();
            final long stepsBefore = run.steps();
            final long beginNs = System.nanoTime();
            long records = 0;
            long tradingBytes = 0;
            long scribeBytes = 0;
            long dumps = 0;
            long fewestTradingBytes = Long.MAX_VALUE;
            long fewestScribeBytes = Long.MAX_VALUE;
            for (int i = 0; i < (RECORDS - WARM_UP_RECORDS) / WINDOW_RECORDS; i++) {
                final QuietRun.Count count = run.handle(WINDOW_RECORDS);
                records += count.records();
                tradingBytes += count.tradingBytes();
                scribeBytes += count.scribeBytes();
                dumps += count.dumps();
                fewestTradingBytes = Math.min(fewestTradingBytes, count.tradingBytes());
                fewestScribeBytes = Math.min(fewestScribeBytes, count.scribeBytes());
            }
            final String found = records + " records in " + (run.steps() - stepsBefore) + " steps with "
                    + (run.decided() - decidedBefore) + " decisions: the trading thread allocated " + tradingBytes
                    + " bytes, the scribe " + scribeBytes + " and wrote " + dumps + " states";
            System.out.println(found);
            assertTrue(run.steps() - stepsBefore > records / 2 && run.decided() - decidedBefore > records / 100, found);
            assertEquals(0, fewestTradingBytes, found);
            assertEquals(0, fewestScribeBytes, found);
            assertTrue(tradingBytes < MOST_BYTES_A_RECORD * records, found);
            final long looks = 2 + 2 * (System.nanoTime() - beginNs) / LOOK_INTERVAL_NS;
            assertTrue(
                    scribeBytes < MOST_BYTES_A_RECORD * records + MOST_BYTES_A_DUMP * dumps + MOST_BYTES_A_LOOK * looks,
                    found);
        }
    }

    @Test
    void shouldRunWhereNothingIsCollected() throws IOException, InterruptedException {
        final Path market = directory.resolve("market");
        QuietRun.write(market, RECORDS);
        final List<String> command = JvmFlags.command(
                JvmFlags.aegisHome(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+UseEpsilonGC",
                "-Xms256m",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                QuietRun.class.getName(),
                market.toString(),
                directory.resolve("run").toString());
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        System.out.println(said);
        assertTrue(said.contains(" 0 collections by [Epsilon "), said);
    }
}
