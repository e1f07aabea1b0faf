package org.aegishydra.trader.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.trader.LiveBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaperAccountTest {
    @TempDir
    Path directory;

    private static void assertCash(String expected, PaperAccount account) {
        assertEquals(
                new BigDecimal(expected).stripTrailingZeros(),
                account.exactCash().stripTrailingZeros());
    }

    @Test
    void shouldPayExactlyWhatALongCannotHold() {
        try (LiveBook book = new LiveBook(directory, "bid 65083.66 65000", "offer 65083.67 0.00000001")) {
            final PaperAccount account = new PaperAccount(book.product().product(), 100, 0);
            account.fill(Side.BID, 6_508_366, 65_000L * 100_000_000);
            // 65083.66 * 65000 = 4230437900
            assertCash("-4230437800", account);
            account.fill(Side.BID, 6_508_367, 1);
            assertCash("-4230437800.0006508367", account);
            account.fill(Side.ASK, 6_508_366, 65_000L * 100_000_000);
            assertCash("99.9993491633", account);
            assertEquals(1, account.position());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 1, 2.5, 3, 5, 6, 7, 12, 35, 60, 99.9, 1000})
    void shouldTakeTheFeeExactly(double feeBps) {
        try (LiveBook book = new LiveBook(directory, "bid 1000.01 1.5")) {
            final PaperAccount account = new PaperAccount(book.product().product(), 0.5, feeBps);
            account.fill(Side.ASK, 100_000, 10_000_000_000_000L);
            final BigDecimal value = new BigDecimal("1000000000000000");
            final BigDecimal fee = value.multiply(BigDecimal.valueOf(feeBps)).movePointLeft(4);
            assertCash(new BigDecimal("0.5").add(value).subtract(fee).toPlainString(), account);
        }
    }

    @Test
    void shouldValueThePositionAtTheGivenPrice() {
        try (LiveBook book = new LiveBook(directory, "bid 100.01 1.5")) {
            final PaperAccount account = new PaperAccount(book.product().product(), 100, 10);
            account.fill(Side.ASK, 10_000, 5);
            assertEquals(100 + 50 - 0.05 - 0.5 * 101, account.capital(10_100), 1e-12);
            account.fill(Side.BID, 10_100, 5);
            assertEquals(100 + 50 - 0.05 - 50.5 - 0.0505, account.capital(12_345), 1e-12);
        }
    }

    @Test
    void shouldChangeNoValueWhenTheScalesWiden() {
        try (LiveBook book = new LiveBook(directory, "bid 100.25 1.5", "offer 100.26 2.5")) {
            final Product product = book.product().product();
            final PaperAccount account = new PaperAccount(product, 100, 7);
            account.fill(Side.BID, 10_026, 15);
            account.fill(Side.ASK, 10_025, 37);
            final BigDecimal cash = account.exactCash();
            final double capital = account.capital(10_025.5);
            final String position = Decimals.plain(account.position(), product.sizeScale());
            book.update("bid 100.2525 0.00000001");
            account.rescale(100, 10_000_000);
            assertEquals(4, product.priceScale());
            assertEquals(8, product.sizeScale());
            assertEquals(0, cash.compareTo(account.exactCash()));
            assertEquals(capital, account.capital(1_002_550), 1e-9);
            assertEquals(position, Decimals.plain(account.position(), product.sizeScale()));
        }
    }

    @Test
    void shouldRefuseAPositionThatDoesNotFitAndBookNothing() {
        try (LiveBook book = new LiveBook(directory, "bid 100 1")) {
            final PaperAccount account = new PaperAccount(book.product().product(), 100, 7);
            account.fill(Side.BID, 1, Long.MAX_VALUE);
            final BigDecimal cash = account.exactCash();
            assertThrows(ArithmeticException.class, () -> account.fill(Side.BID, 1, 1));
            assertEquals(Long.MAX_VALUE, account.position());
            assertEquals(cash, account.exactCash());
        }
    }
}
