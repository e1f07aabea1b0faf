package org.aegishydra.trader.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.run.OrderIntent;
import org.aegishydra.trader.LiveBook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaperOrderGatewayTest {
    @TempDir
    Path directory;

    private LiveBook book;
    private PaperAccount account;
    private PaperOrderGateway gateway;
    private final DecisionLog decisions = new DecisionLog();

    @BeforeEach
    void openBook() {
        open(
                "bid 100.00 1.0",
                "bid 99.99 2.5",
                "bid 99.90 9.0",
                "offer 100.02 0.5",
                "offer 100.03 1.5",
                "offer 100.10 9.0");
    }

    private void open(String... levels) {
        book = new LiveBook(directory.resolve("book" + System.nanoTime()), levels);
        account = new PaperAccount(book.product().product(), 1000, 0);
        final DecisionWriter writer = new DecisionWriter(book.product().product(), account, decisions);
        writer.startStep(1, 1, 1);
        gateway = new PaperOrderGateway(book.product(), account, writer);
    }

    @AfterEach
    void closeBook() {
        book.close();
    }

    @Test
    void shouldFillAtTheTouchWhatTheTouchShows() {
        gateway.submit(Side.BID, OrderIntent.ENTER, 3, 10_010);
        assertEquals(List.of("order buy 0.3 at 100.1", "fill buy 0.3 at 100.02 level 0"), decisions.take());
        assertEquals(3, account.position());
    }

    @Test
    void shouldWalkTheBookToItsLimitAndCancelTheRest() {
        gateway.submit(Side.BID, OrderIntent.ENTER, 50, 10_003);
        assertEquals(
                List.of(
                        "order buy 5 at 100.03",
                        "fill buy 0.5 at 100.02 level 0",
                        "fill buy 1.5 at 100.03 level 1",
                        "cancel buy 3 at 100.03"),
                decisions.take());
        assertEquals(20, account.position());
        assertEquals(new BigDecimal("799.945"), account.exactCash().stripTrailingZeros());
    }

    @Test
    void shouldSellIntoTheBidsDownToItsLimit() {
        gateway.submit(Side.ASK, OrderIntent.ENTER, 40, 9_995);
        assertEquals(
                List.of(
                        "order sell 4 at 99.95",
                        "fill sell 1 at 100 level 0",
                        "fill sell 2.5 at 99.99 level 1",
                        "cancel sell 0.5 at 99.95"),
                decisions.take());
        assertEquals(-35, account.position());
        assertEquals(new BigDecimal("1349.975"), account.exactCash().stripTrailingZeros());
    }

    @Test
    void shouldCancelAllOfAnOrderThatReachesNothing() {
        gateway.submit(Side.BID, OrderIntent.ENTER, 7, 10_001);
        assertEquals(List.of("order buy 0.7 at 100.01", "cancel buy 0.7 at 100.01"), decisions.take());
        assertEquals(0, account.position());
        assertEquals(0, new BigDecimal("1000").compareTo(account.exactCash()));
    }

    @Test
    void shouldCancelWhatAnEmptySideCannotGive() {
        book.update("offer 100.02 0", "offer 100.03 0", "offer 100.10 0");
        gateway.submit(Side.BID, OrderIntent.ENTER, 7, 1_000_000);
        assertEquals(List.of("order buy 0.7 at 10000", "cancel buy 0.7 at 10000"), decisions.take());
    }

    @Test
    void shouldNotChangeTheBook() {
        gateway.submit(Side.BID, OrderIntent.ENTER, 50, 10_003);
        gateway.submit(Side.BID, OrderIntent.ENTER, 5, 10_003);
        assertEquals("fill buy 0.5 at 100.02 level 0", decisions.take().get(5));
        assertEquals(3, book.product().book().levels(Side.ASK));
    }

    @Test
    void shouldTakeNoMoreThanItsLargestNumberOfLevels() {
        book.close();
        final List<String> levels = new ArrayList<>(List.of("bid 99.01 1.5"));
        for (int i = 0; i <= PaperOrderGateway.MAX_LEVELS; i++) {
            levels.add("offer " + (100 + i) + ".01 1.5");
        }
        open(levels.toArray(String[]::new));
        gateway.submit(Side.BID, OrderIntent.ENTER, 15L * (PaperOrderGateway.MAX_LEVELS + 1), 1_000_000);
        final List<String> taken = decisions.take();
        assertEquals(PaperOrderGateway.MAX_LEVELS + 2, taken.size());
        assertEquals("cancel buy 1.5 at 10000", taken.get(taken.size() - 1));
    }
}
