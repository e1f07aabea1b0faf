package org.aegishydra.core.coinbase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of numbers: what fits a long with at most 18 decimals is taken exactly, everything else is malformed. */
class NumbersTest {
    private static Decoded update(String price) {
        return Decoded.exchange(
                "{\"type\":\"l2update\",\"product_id\":\"A-B\",\"changes\":[[\"buy\"," + price + ",\"1\"]]}");
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 9223372036854775807",
        "9223372036854775800, 9223372036854775800",
        "922337203685477580.70, 922337203685477580.7",
        "9.223372036854775807, 9.223372036854775807",
        "9223372036854775807.000, 9223372036854775807",
        "00012.50, 12.5",
        "0.000000000000000000000000, 0",
        "0.1000000000000000000000, 0.1",
        "0.000000000000000001, 0.000000000000000001",
        "5e3, 5000",
        "5E+3, 5000",
        "5e-3, 0.005",
        "12.50e1, 125",
        "100000000000000000000000000000e-29, 1",
        "9223372036854775807000e-3, 9223372036854775807",
        "0.0000000000000000000000000001e28, 1",
        "0e999999999999, 0",
        "0.0e-999999999999, 0"
    })
    void shouldTakeEveryNumberThatFits(String sent, String exact) {
        final List<String> expected = List.of("update A-B", "level A-B BID " + exact + " 1", "end A-B");
        assertEquals(expected, update('"' + sent + '"').calls());
        if (!sent.startsWith("00")) {
            assertEquals(expected, update(sent).calls());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "92233720368547758070",
                "18446744073709551617",
                "922337203685477580.71",
                "922337203685477580.8",
                "0.0000000000000000001",
                "1e19",
                "1e-19",
                "1e4294967296",
                "1e-4294967296",
                "-1",
                "-0.5"
            })
    void shouldRefuseNumbersThatDoNotFit(String sent) {
        assertEquals(MessageKind.MALFORMED, update('"' + sent + '"').kind());
        assertEquals(MessageKind.MALFORMED, update(sent).kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1 ",
                "1.",
                ".5",
                "1..2",
                "1.2.3",
                "0.-10000",
                "+1",
                "1e",
                "1e+",
                "e5",
                "1e1.5",
                "0x1",
                "NaN"
            })
    void shouldRefuseTextThatIsNoNumber(String sent) {
        assertEquals(MessageKind.MALFORMED, update('"' + sent + '"').kind());
    }

    @ParameterizedTest
    @ValueSource(ints = {10_001, 20_000})
    void shouldTakeExponentsAtTheirFullWorth(int exponent) {
        final String tiny = "0." + "0".repeat(10_005) + "1";
        assertEquals(
                MessageKind.MALFORMED, update(tiny + "e" + (exponent + 10_000)).kind());
        assertEquals("level A-B BID 1 1", update(tiny + "e10006").calls().get(1));
    }
}
