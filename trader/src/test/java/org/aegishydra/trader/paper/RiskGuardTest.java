package org.aegishydra.trader.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.run.OrderIntent;
import org.aegishydra.trader.LiveBook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiskGuardTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MS_NS = 1_000_000L;

    /** Price 100.00, in sizes of a tenth: an order of 1 is worth 10.00. */
    private static final RiskSettings LIMITS = new RiskSettings(3, 5, 45);

    @TempDir
    Path directory;

    private LiveBook book;
    private PaperAccount account;
    private RiskGuard guard;
    private final DecisionLog decisions = new DecisionLog();

    @BeforeEach
    void openBook() {
        book = new LiveBook(directory, "bid 100.00 9.5", "offer 100.01 9.5");
        account = new PaperAccount(book.product().product(), 1000, 0);
        final DecisionWriter writer = new DecisionWriter(book.product().product(), account, decisions);
        guard = new RiskGuard(
                book.product(), account, writer, new PaperOrderGateway(book.product(), account, writer), LIMITS);
        step(SECOND_NS, 0);
    }

    @AfterEach
    void closeBook() {
        book.close();
    }

    /** A step at an event time, whose message was received so much later than it was sent. */
    private void step(long eventTimeNs, long latencyNs) {
        guard.startStep(1, 1, eventTimeNs, eventTimeNs, eventTimeNs - latencyNs);
    }

    private List<String> enter(Side side, long size) {
        guard.submit(side, OrderIntent.ENTER, size, side == Side.BID ? 10_001 : 10_000);
        return decisions.take();
    }

    private List<String> exit(Side side, long size) {
        guard.submit(side, OrderIntent.EXIT, size, side == Side.BID ? 10_001 : 10_000);
        return decisions.take();
    }

    private static void assertFilled(List<String> lines) {
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(1).startsWith("fill"), lines.toString());
    }

    private static void assertRefused(String reason, List<String> lines) {
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.get(0).startsWith("refusal") && lines.get(0).endsWith(" " + reason), lines.toString());
    }

    @Test
    void shouldLetAnOrderWithinAllLimitsPass() {
        assertEquals(List.of("order buy 0.1 at 100.01", "fill buy 0.1 at 100.01 level 0"), enter(Side.BID, 1));
    }

    @Test
    void shouldRefuseEverythingWhileTradingIsDisabled() {
        enter(Side.BID, 1);
        guard.enable(false);
        assertEquals(List.of("refusal buy 0.1 at 100.01 trading_disabled"), enter(Side.BID, 1));
        assertRefused("trading_disabled", exit(Side.ASK, 1));
        assertEquals(1, account.position());
        guard.enable(true);
        assertFilled(exit(Side.ASK, 1));
    }

    @Test
    void shouldRefuseEverythingOnABookThatIsNotLive() {
        enter(Side.BID, 1);
        book.disconnect();
        assertRefused("book_not_live", enter(Side.BID, 1));
        assertRefused("book_not_live", exit(Side.ASK, 1));
        assertEquals(1, account.position());
    }

    @Test
    void shouldCountOrdersInASecondOfEventTime() {
        for (int i = 0; i < 3; i++) {
            step(SECOND_NS + 100L * i * MS_NS, 0);
            assertFilled(i % 2 == 0 ? enter(Side.BID, 1) : enter(Side.ASK, 1));
        }
        step(SECOND_NS + 999 * MS_NS, 0);
        assertRefused("order_rate", enter(Side.BID, 1));
        assertRefused("order_rate", exit(Side.ASK, 1));
        step(2 * SECOND_NS - 1, 0);
        assertRefused("order_rate", enter(Side.BID, 1));
        step(2 * SECOND_NS, 0);
        assertFilled(enter(Side.BID, 1));
        assertRefused("order_rate", enter(Side.BID, 1));
        step(2 * SECOND_NS + 100 * MS_NS, 0);
        assertFilled(enter(Side.BID, 1));
    }

    @Test
    void shouldNotCountWhatItRefused() {
        guard.enable(false);
        for (int i = 0; i < 10; i++) {
            assertRefused("trading_disabled", enter(Side.BID, 1));
        }
        guard.enable(true);
        for (int i = 0; i < 3; i++) {
            assertFilled(enter(Side.BID, 1));
        }
    }

    @Test
    void shouldRefuseEntriesButNotExitsWhileTheFeedIsLate() {
        step(SECOND_NS, 5 * MS_NS);
        assertFilled(enter(Side.BID, 1));
        step(SECOND_NS, 5 * MS_NS + 1);
        assertRefused("feed_latency", enter(Side.BID, 1));
        assertFilled(exit(Side.ASK, 1));
    }

    @Test
    void shouldTakeAMessageWithoutAStampForTimely() {
        guard.startStep(1, 1, SECOND_NS, SECOND_NS, MarketDataListener.NO_TIME);
        assertFilled(enter(Side.BID, 1));
    }

    @Test
    void shouldTakeAMessageThatIsAheadOfTheHostsClockForTimely() {
        step(SECOND_NS, -16 * MS_NS);
        assertFilled(enter(Side.BID, 1));
    }

    @Test
    void shouldRefuseEntriesBeyondTheLargestPositionOnEitherSide() {
        assertRefused("position_limit", enter(Side.BID, 5));
        assertFilled(enter(Side.BID, 4));
        assertRefused("position_limit", enter(Side.BID, 1));
        assertRefused("position_limit", enter(Side.ASK, 9));
        assertFilled(enter(Side.ASK, 8));
        assertEquals(-4, account.position());
    }

    @Test
    void shouldLetAPositionBeLeftThatTheMarketMadeTooLarge() {
        assertFilled(enter(Side.BID, 4));
        book.update("offer 100.01 0", "bid 200.00 9.5", "offer 200.01 9.5");
        assertRefused("position_limit", enter(Side.BID, 1));
        guard.submit(Side.ASK, OrderIntent.EXIT, 4, 20_000);
        assertFilled(decisions.take());
        assertEquals(0, account.position());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 5, --max-orders-per-second 0: must be from 1 to 1000",
        "1001, 5, 5, --max-orders-per-second 1001: must be from 1 to 1000",
        "1, 0, 5, --max-feed-latency-ms 0.0: must be greater than 0",
        "1, NaN, 5, --max-feed-latency-ms NaN: must be greater than 0",
        "1, 5, -1, --max-position-value -1.0: must be greater than 0"
    })
    void shouldNameTheLimitThatCannotBeUsed(int orders, double latencyMs, double value, String message) {
        assertEquals(
                message,
                assertThrows(UsageException.class, () -> new RiskSettings(orders, latencyMs, value))
                        .getMessage());
    }
}
