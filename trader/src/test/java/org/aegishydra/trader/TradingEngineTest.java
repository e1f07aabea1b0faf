package org.aegishydra.trader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.core.run.SwingingMarket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine from a journal to a run's folder, in one process. */
class TradingEngineTest {
    private static final String BTC = "BTC-USD";
    private static final String ETH = "ETH-USD";

    private static final String[] EAGER = {
        "--strategy", EagerStrategy.class.getName(), "--max-orders-per-second", "1000", "--max-position-value", "1e9"
    };

    @TempDir
    Path directory;

    private int runs;

    private Journal journal() {
        return Journal.create(directory.resolve("market"), JournalFormat.RUN);
    }

    private Journal swinging(int messages) {
        final Journal market = journal();
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            new SwingingMarket(feed, BTC, 1).snapshot().run(messages);
        }
        return market;
    }

    private EngineRun run(Journal market, String... options) {
        return EngineRun.over(market, directory.resolve("run" + ++runs), EngineRun.settings(options));
    }

    private static String[] with(String[] options, String... more) {
        final String[] all = java.util.Arrays.copyOf(options, options.length + more.length);
        System.arraycopy(more, 0, all, options.length, more.length);
        return all;
    }

    @Test
    void shouldDecideTheSameInEveryRun() {
        final Journal market = swinging(2000);
        final EngineRun first = run(market, EngineRun.BUSY);
        final EngineRun second = run(market, EngineRun.BUSY);
        final RunSummary.Decisions counts = first.summary().decisions();
        assertTrue(
                counts.entries() > 20
                        && counts.exits() > 20
                        && counts.multiLevelOrders() > 10
                        && counts.partialFills() > 0
                        && counts.refusals().containsKey("order_rate")
                        && counts.refusals().containsKey("feed_latency"),
                "the runs must have something to agree on: " + counts);
        assertEquals(first.decisionBytes(), second.decisionBytes());
        assertEquals(first.summary().digest(), second.summary().digest());
        assertEquals(counts, second.summary().decisions());
        assertEquals(counts.total(), first.decisionBytes().size());
    }

    @Test
    void shouldCountWhatItsJournalHolds() {
        final EngineRun run = run(swinging(1000), EngineRun.BUSY);
        final RunSummary summary = run.summary();
        final List<DecisionType> types = run.decisions(DecisionRecord::type);
        final RunSummary.Decisions counts = summary.decisions();
        assertEquals(counts.orders(), count(types, DecisionType.ORDER));
        assertEquals(counts.fills(), count(types, DecisionType.FILL));
        assertEquals(counts.cancels(), count(types, DecisionType.CANCEL));
        assertEquals(
                counts.refusals().values().stream().mapToLong(count -> count).sum(),
                count(types, DecisionType.REFUSAL));
        assertEquals(counts.orders(), counts.entries() + counts.exits());
        assertEquals(1001, summary.steps());
        assertEquals(1003, summary.range().records());
        assertEquals(1, summary.range().firstRecord());
        assertEquals(1003, summary.range().lastRecord());
        assertEquals(10.0, summary.range().seconds(), 1e-9);
        assertEquals(801, summary.messages().get("l2_data"));
        assertEquals(200, summary.messages().get("market_trades"));
        assertEquals(1001, summary.latency().get("Loop").count());
    }

    private static long count(List<DecisionType> types, DecisionType type) {
        return types.stream().filter(type::equals).count();
    }

    @Test
    void shouldAddUpToTheAccountThatItReports() {
        final EngineRun run = run(swinging(1000), with(EngineRun.BUSY, "--fee-bps", "0.3"));
        BigDecimal cash = new BigDecimal(100_000);
        BigDecimal position = BigDecimal.ZERO;
        final List<BigDecimal[]> fills = run.decisions(decision -> {
            final BigDecimal size = BigDecimal.valueOf(decision.size(), decision.sizeScale());
            final boolean fill = decision.type() == DecisionType.FILL;
            return new BigDecimal[] {
                BigDecimal.valueOf(decision.price(), decision.priceScale()),
                !fill ? BigDecimal.ZERO : decision.side() == Side.BID ? size : size.negate()
            };
        });
        for (final BigDecimal[] fill : fills) {
            final BigDecimal value = fill[0].multiply(fill[1]);
            cash = cash.subtract(value).subtract(value.abs().multiply(new BigDecimal("0.00003")));
            position = position.add(fill[1]);
        }
        final RunSummary.ProductResult result = run.summary().products().get(0);
        assertEquals(0, cash.compareTo(new BigDecimal(result.cash())), cash + " is not " + result.cash());
        assertEquals(0, position.compareTo(new BigDecimal(result.position())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fee-bps=6", "--set=threshold-bps=12.5", "--slippage-bps=1", "--max-orders-per-second=4"})
    void shouldDecideOtherwiseWithAnotherSetting(String option) {
        final Journal market = swinging(500);
        final EngineRun plain = run(market, EngineRun.BUSY);
        final EngineRun changed = run(market, with(EngineRun.BUSY, option));
        assertNotEquals(
                plain.summary().digest().value(), changed.summary().digest().value());
        assertNotEquals(
                plain.summary().digest().settings(), changed.summary().digest().settings());
        assertEquals(
                plain.summary().digest().books(), changed.summary().digest().books());
    }

    @Test
    void shouldDecideTheSameWhateverIsRecorded() {
        final Journal market = swinging(500);
        final EngineRun plain = run(market, EngineRun.BUSY);
        for (final String steps : new String[] {"none", "7"}) {
            final EngineRun other = run(market, with(EngineRun.BUSY, "--steps", steps, "--spike-threshold-ms", "1e-6"));
            assertEquals(plain.summary().digest(), other.summary().digest());
        }
    }

    @Test
    void shouldTradeTheProductsThatAreAskedFor() {
        final Journal market = journal();
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            final SwingingMarket btc = new SwingingMarket(feed, BTC, 1).snapshot();
            final SwingingMarket eth = new SwingingMarket(feed, ETH, 2).snapshot();
            for (int i = 0; i < 300; i++) {
                btc.run(1);
                eth.run(1);
            }
        }
        final EngineRun both = run(market, EngineRun.BUSY);
        final EngineRun eth = run(market, with(EngineRun.BUSY, "--product", ETH));
        assertEquals(List.of(BTC, ETH), products(both));
        assertEquals(List.of(ETH), products(eth));
        assertEquals(602, both.summary().steps());
        assertEquals(301, eth.summary().steps());
        assertFalse(eth.trades().isEmpty());
        assertEquals(both.trades().stream().filter(trade -> trade.contains(ETH)).toList(), eth.trades());
        assertEquals(both.summary().digest().books(), eth.summary().digest().books());
    }

    private static List<String> products(EngineRun run) {
        return run.summary().products().stream()
                .map(RunSummary.ProductResult::product)
                .toList();
    }

    @Test
    void shouldStepOnceForEachProductOfAMessage() {
        final Journal market = journal();
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            feed.envelope("l2_data", book(BTC, "100.5") + "," + book(ETH, "20.25"));
        }
        final EngineRun run = run(market, EAGER);
        assertEquals(2, run.summary().steps());
        assertEquals(
                List.of("ORDER BTC-USD BID", "ORDER ETH-USD BID"),
                run.decisions(decision -> decision.type() + " " + decision.productId() + " " + decision.side()).stream()
                        .filter(decision -> decision.startsWith("ORDER"))
                        .toList());
        assertEquals(List.of(1L, 1L, 2L, 2L), run.decisions(DecisionRecord::step));
    }

    private static String book(String product, String price) {
        return "{\"type\":\"snapshot\",\"product_id\":\"" + product + "\",\"updates\":["
                + "{\"side\":\"offer\",\"event_time\":\"2026-08-09T12:00:00Z\",\"price_level\":\"" + price
                + "\",\"new_quantity\":\"2.5\"}]}";
    }

    @Test
    void shouldKeepCashAndPositionExactWhenAFinerPriceArrives() {
        final Journal market = journal();
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            feed.snapshot(BTC, "bid 100.01 1.5", "offer 100.03 5.5");
            feed.afterMs(10).update(BTC, "bid 100.025 0.00000001");
            feed.afterMs(10).update(BTC, "offer 100.0299 0.25");
            feed.afterMs(10).update(BTC, "offer 100.0299 0");
        }
        final EngineRun run = run(market, with(EAGER, "--set", "limit=3", "--fee-bps", "7"));
        final RunSummary.ProductResult result = run.summary().products().get(0);
        assertEquals(2, result.scaleWidenings());
        assertEquals("3", result.position());
        // 1 and 1 at 100.03, then 0.25 at 100.0299 and 0.75 at 100.03.
        final BigDecimal paid = new BigDecimal("300.089975");
        final BigDecimal cash = new BigDecimal(100).subtract(paid).subtract(paid.multiply(new BigDecimal("0.0007")));
        assertEquals(cash.stripTrailingZeros().toPlainString(), result.cash());
        assertEquals(List.of("1 2 1", "2 3 8", "2.25 4 8", "3 4 8"), fillsOf(run));
    }

    private static List<String> fillsOf(EngineRun run) {
        return run
                .decisions(decision -> decision.type() == DecisionType.FILL
                        ? Decimals.plain(decision.position(), decision.sizeScale()) + " " + decision.priceScale() + " "
                                + decision.sizeScale()
                        : "")
                .stream()
                .filter(fill -> !fill.isEmpty())
                .toList();
    }

    @Test
    void shouldReportAnExactAccountWhenAFinerPriceComesWithoutAStep() {
        final Journal market = journal();
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            feed.snapshot(BTC, "bid 100.01 1.5", "offer 100.03 5.5");
            feed.afterMs(10).ticker(BTC, "100.0201");
        }
        final RunSummary.ProductResult result =
                run(market, with(EAGER, "--fee-bps", "0")).summary().products().get(0);
        assertEquals(1, result.scaleWidenings());
        assertEquals("1", result.position());
        assertEquals("-0.03", result.cash());
        assertEquals(100 - 0.01, result.capital(), 1e-9);
    }

    @Test
    void shouldRefuseOrdersOnABookThatMissedSomething() {
        final Journal market = journal();
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            feed.snapshot(BTC, "bid 100.01 1.5", "offer 100.03 5.5");
            feed.afterMs(10).loseOneMessage().update(BTC, "bid 100.01 2.5");
            feed.afterMs(10).update(BTC, "bid 100.01 3.5");
            feed.afterMs(10).disconnect().reconnect().update(BTC, "bid 100.01 4.5");
            feed.afterMs(10).snapshot(BTC, "bid 100.01 1.5", "offer 100.03 5.5");
        }
        final EngineRun run = run(market, with(EAGER, "--set", "limit=10"));
        assertEquals(
                List.of("ORDER 1", "FILL 1", "REFUSAL 2", "REFUSAL 3", "REFUSAL 4", "ORDER 5", "FILL 5"),
                run.decisions(decision -> decision.type() + " " + decision.step()));
        assertEquals(Map.of("book_not_live", 3L), run.summary().decisions().refusals());
    }

    @Test
    void shouldNotTradeOrderFlowOnABookThatMissedSomething() {
        final Journal market = journal();
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            final SwingingMarket swinging = new SwingingMarket(feed, BTC, 1);
            swinging.snapshot();
            feed.loseOneMessage();
            swinging.run(300);
        }
        final EngineRun run = run(market, EngineRun.BUSY);
        assertEquals(301, run.summary().steps());
        assertEquals(
                List.of(1L),
                run.decisions(DecisionRecord::step).stream().distinct().toList());
        assertFalse(run.summary().products().get(0).live());
    }

    @Test
    void shouldCountAndSurviveWhatCannotBeUsed() {
        final Journal market = journal();
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            feed.snapshot(BTC, "bid 100.01 1.5", "offer 100.03 5.5");
            feed.raw("").raw("{\"channel\":\"l2_da").raw("[]").raw("\0\1\2");
            feed.raw("{\"type\":\"error\",\"message\":\"too many\"}");
            feed.envelope("status_of_the_moon", "{}");
            feed.afterMs(2000).snapshot(BTC, "bid 100.01 1.5", "offer 100.03 5.5");
        }
        final EngineRun run = run(market, with(EAGER, "--set", "limit=10"));
        final Map<String, Long> messages = run.summary().messages();
        assertEquals(2, run.summary().steps());
        assertEquals(2, messages.get("l2_data"));
        assertEquals(1, messages.get("error"));
        assertTrue(messages.get("malformed") >= 3, messages.toString());
        assertEquals(8, messages.values().stream().mapToLong(count -> count).sum());
        assertTrue(SummaryText.of(run.summary()).contains("malformed  " + messages.get("malformed")));
    }

    @Test
    void shouldApplyControlsAtTheirPlaces() {
        final Journal market = journal();
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            feed.snapshot(BTC, "bid 100.01 1.5", "offer 100.03 5.5");
            for (int i = 0; i < 4; i++) {
                feed.afterMs(10).update(BTC, "bid 100.01 2.5");
            }
        }
        final List<ControlRecord> wanted = List.of(
                new ControlRecord(ControlRecord.Type.TRADING_DISABLED, 0, "a"),
                new ControlRecord(ControlRecord.Type.TRADING_ENABLED, 4, "b"),
                new ControlRecord(ControlRecord.Type.KILL, 6, "c"),
                new ControlRecord(ControlRecord.Type.TRADING_ENABLED, 6, "d"));
        final ControlSource controls = new ControlSource() {
            private int next;

            @Override
            public ControlRecord due(long lastSequence) {
                return next < wanted.size() && wanted.get(next).marketSequence() <= lastSequence
                        ? wanted.get(next++)
                        : null;
            }
        };
        final EngineRun run = EngineRun.over(
                market, directory.resolve("run"), EngineRun.settings(with(EAGER, "--set", "limit=10")), controls);
        // Records 1 and 2 are facts; the steps are records 3 to 7.
        assertEquals(
                List.of("REFUSAL 3", "REFUSAL 4", "ORDER 5", "FILL 5", "ORDER 6", "FILL 6", "REFUSAL 7"),
                run.decisions(decision -> decision.type() + " " + decision.marketSequence()));
        assertEquals(Map.of("trading_disabled", 3L), run.summary().decisions().refusals());
        final List<ControlRecord> written = run.controls();
        assertEquals(wanted, written.subList(1, 5));
        assertEquals(ControlRecord.Type.START, written.get(0).type());
        assertEquals(1, written.get(0).marketSequence());
        assertEquals(new ControlRecord(ControlRecord.Type.STOP, 7, "end of test"), written.get(5));
        assertEquals(
                EngineRun.settings(with(EAGER, "--set", "limit=10")),
                TradingSettings.fromJson(written.get(0).text()));
    }

    @Test
    void shouldMarkItsDigestEveryTenThousandRecordsAndAtTheEnd() {
        final EngineRun run = run(swinging(10_500), EngineRun.BUSY);
        assertEquals(2, run.records(run.folder().decisions(), RecordKind.MARK));
        assertEquals(1, run.summary().products().size());
    }

    @Test
    void shouldEndARunThatSawNothing() {
        final Journal empty = journal();
        try (FeedWriter feed = new FeedWriter(empty).connect()) {
            assertEquals(2, feed.lastSequence());
        }
        final EngineRun run = run(empty, EngineRun.BUSY);
        assertEquals(0, run.summary().steps());
        assertEquals(0, run.summary().decisions().total());
        assertTrue(SummaryText.of(run.summary()).contains("digest"));
    }
}
