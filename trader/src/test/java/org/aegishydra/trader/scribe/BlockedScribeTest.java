package org.aegishydra.trader.scribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;
import org.aegishydra.core.run.Int128;
import org.aegishydra.core.run.OrderIntent;
import org.aegishydra.core.run.RefusalReason;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.trader.DecisionJournal;
import org.aegishydra.trader.StepJournal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes nothing for a while costs nothing but time, and the time is the scribe's alone. */
@Timeout(120)
class BlockedScribeTest {
    private static final int STEPS = 20_000;

    @TempDir
    Path directory;

    /** Files whose writes wait. */
    private static final class BlockedFiles implements OutputFile.Opener {
        private final CountDownLatch blocked = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public OutputFile open(Path file) throws IOException {
            final OutputFile opened = OutputFile.open(file);
            return new OutputFile() {
                @Override
                public void write(ByteBuffer bytes) throws IOException {
                    if (bytes.hasRemaining()) {
                        blocked.countDown();
                        await(released);
                    }
                    opened.write(bytes);
                }

                @Override
                public void close() throws IOException {
                    opened.close();
                }
            };
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldLoseNothingAndKeepTheOrderWhileItsWritesAreBlocked() throws IOException {
        final RunFolder run = RunFolder.create(directory.resolve("run"));
        final BlockedFiles files = new BlockedFiles();
        try (DecisionJournal decisions = new DecisionJournal(run.newDecisions());
                StepJournal steps = new StepJournal(run.newSteps(), 1);
                Scribe scribe = new Scribe(run, 0, 100, 5, null, files)) {
            scribe.start();
            try {
                write(decisions, steps, 1, STEPS / 2);
                await(files.blocked);
                // The scribe stands still from here on; whoever writes to the journals does not notice.
                write(decisions, steps, STEPS / 2 + 1, STEPS);
                assertTrue(scribe.handledStepRecords() * 32 < STEPS, "the scribe is behind");
            } finally {
                files.released.countDown();
            }
        }
        final List<String> rows = Files.readAllLines(run.product("BTC-USD").resolve("paper_log.csv"));
        assertEquals(STEPS, rows.size());
        for (int i = 0; i < STEPS; i++) {
            assertEquals(i + 1, Integer.parseInt(rows.get(i).split(",", -1)[1]));
        }
        final List<String> trades = Files.readAllLines(run.product("BTC-USD").resolve("paper_trades.csv"));
        assertEquals(STEPS / 10, trades.size());
        for (int i = 0; i < trades.size(); i++) {
            assertEquals(10 * (i + 1), Integer.parseInt(trades.get(i).split(",", -1)[1]));
        }
        assertEquals(STEPS / 100, Files.readAllLines(run.spikes()).size());
        assertEquals(
                1000,
                Files.readAllLines(run.product("BTC-USD").resolve("paper_state.json"))
                                .size()
                        - 2);
    }

    /** Every 10th step has a fill whose price is the step's number, every 100th is a spike. */
    private static void write(DecisionJournal decisions, StepJournal steps, int from, int to) {
        final Int128 nothing = new Int128();
        for (int i = from; i <= to; i++) {
            if (i % 10 == 0) {
                decisions.onDecision(new DecisionRecord()
                        .at(i, i, 1_786_309_548_228_568_999L)
                        .product("BTC-USD", 0, 0)
                        .decision(DecisionType.FILL, Side.BID, OrderIntent.ENTER, RefusalReason.NONE, i, 0)
                        .numbers(i, 1)
                        .account(0, nothing, nothing));
            }
            steps.onStep(Steps.step(i, 1, 2, 1_000, 100));
            if (i % 100 == 0) {
                steps.onSpike(Steps.step(i, 1, 2, 6_000_000, 100), 5);
            }
        }
    }
}
