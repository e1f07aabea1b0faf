package org.aegishydra.trader.scribe;

import static org.aegishydra.trader.scribe.Steps.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;
import org.aegishydra.core.run.Int128;
import org.aegishydra.core.run.OrderIntent;
import org.aegishydra.core.run.RefusalReason;
import org.aegishydra.core.run.SpikeRecord;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;
import org.junit.jupiter.api.Test;

/** The lines that people's scripts read, to the letter. */
class PaperFormatTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PaperFormat format = new PaperFormat(100, 5);
    private final StringBuilder text = new StringBuilder();

    private String take() {
        final String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    private String statusLine(StepRecord step) {
        format.statusLine(text, step, step.productId());
        return take();
    }

    private JsonNode stateObject(StepRecord step) throws JsonProcessingException {
        format.stateObject(text, step);
        return JSON.readTree(take());
    }

    @Test
    void shouldWriteTheSpikeLine() {
        final StepRecord spike = step(1000, 6_508_366, 6_508_367, 18_300_000, 400_000)
                .operations(
                        StepOperation.JSON_DUMP.bit() | StepOperation.GC_COLLECT.bit() | StepOperation.CSV_FLUSH.bit());
        PaperFormat.spikeLine(text, spike);
        assertEquals(
                "⚠️  SPIKE: {'step': 1000, 'total_ms': 18.3, 'engine_ms': 0.4, 'overhead_ms': 17.9, "
                        + "'operations': ['json_dump', 'gc_collect', 'csv_flush']}",
                take());
        PaperFormat.spikeLine(text, step(5, 1, 2, 5_049_000, 51_000));
        assertEquals(
                "⚠️  SPIKE: {'step': 5, 'total_ms': 5.0, 'engine_ms': 0.1, 'overhead_ms': 5.0, 'operations': []}",
                take());
    }

    @Test
    void shouldWriteTheStatusLine() {
        assertEquals(
                "Step 00100 | BTC: 65083.66 | M: +0.123 | Pos: +1.0 | Cap: $100.00 (+0.00%) | Loop: 0.0ms | Eng: 0.0ms",
                statusLine(step(100, 6_508_365, 6_508_367, 40_000, 10_000).state(0.123, 10, 100)));
        assertEquals(
                "Step 123456 | BTC: 99.5 | M: -0.500 | Pos: -2.5 | Cap: $98.77 (-1.23%) | Loop: 18.3ms | Eng: 0.4ms",
                statusLine(step(123_456, 9_950, 9_950, 18_300_000, 400_000).state(-0.5, -25, 98.77)));
    }

    @Test
    void shouldKeepTheSignOfTheStatusLineWhereNumbersRoundToZero() {
        final String line = statusLine(step(1, 9_950, 9_950, 0, 0).state(-0.0001, 0, 99.9999));
        assertTrue(line.contains("| M: +0.000 | Pos: +0.0 | Cap: $100.00 (+0.00%) |"), line);
    }

    @Test
    void shouldNameAProductWithoutADashAsItIs() {
        final StepRecord step = step(1, 9_950, 9_950, 0, 0);
        format.statusLine(text, step, "INDEX");
        assertTrue(take().startsWith("Step 00001 | INDEX: 99.5 |"));
    }

    @Test
    void shouldWriteARowOfTheLog() {
        format.logRow(
                text, step(1000, 6_508_366, 6_508_367, 18_300_000, 400_000).state(-0.125, 5, 99.875));
        assertEquals("2026-08-09T21:05:48.228568Z,1000,65083.665,99.8750,-0.125000,0.5,18.300000\n", take());
        format.logRow(text, step(1, Long.MIN_VALUE, 6_508_367, 999, 1).state(0, -15, 100));
        assertEquals("2026-08-09T21:05:48.228568Z,1,0,100.0000,0.000000,-1.5,0.000999\n", take());
    }

    @Test
    void shouldWriteARowOfTheTrades() {
        final Int128 flow = new Int128();
        final Int128 turnover = new Int128();
        flow.subtractProduct(10_000, 5);
        turnover.addProduct(10_000, 5);
        final DecisionRecord fill = new DecisionRecord()
                .at(1, 2, 1_786_309_548_228_568_999L)
                .product("BTC-USD", 2, 1)
                .decision(DecisionType.FILL, Side.BID, OrderIntent.ENTER, RefusalReason.NONE, 1, 0)
                .numbers(10_000, 5)
                .account(5, flow, turnover);
        format.tradeRow(text, fill);
        assertEquals("2026-08-09T21:05:48.228568Z,100,BUY,0.5,99.9750\n", take());
        format.tradeRow(text, fill.decision(DecisionType.FILL, Side.ASK, OrderIntent.EXIT, RefusalReason.NONE, 1, 0));
        assertTrue(take().contains(",100,SELL,0.5,"));
    }

    @Test
    void shouldWriteAStateObjectThatJsonLibrariesRead() throws JsonProcessingException {
        final JsonNode object = stateObject(
                step(1000, 6_508_366, 6_508_367, 18_300_000, 400_000).state(-0.125, -5, 99.875));
        final List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        assertEquals(List.of("time", "step", "price", "capital", "magnetization", "position", "latency"), keys);
        assertEquals("2026-08-09T21:05:48.228568Z", object.get("time").textValue());
        assertEquals(1000, object.get("step").intValue());
        assertEquals(65083.665, object.get("price").doubleValue());
        assertEquals(99.875, object.get("capital").doubleValue());
        assertEquals(-0.125, object.get("magnetization").doubleValue());
        assertEquals(-0.5, object.get("position").doubleValue());
        assertEquals(18.3, object.get("latency").doubleValue());
    }

    @Test
    void shouldWriteNullIntoAStateObjectWhereThereIsNoNumber() throws JsonProcessingException {
        final JsonNode object = stateObject(step(1, 5, 6, 1, 1).state(Double.NaN, 0, 1e200));
        assertTrue(object.get("magnetization").isNull());
        assertTrue(object.get("capital").isNull());
    }

    @Test
    void shouldWriteASpikeAsOneLineOfJson() throws JsonProcessingException {
        final StepRecord slow = step(1000, 5, 6, 18_300_000, 400_000)
                .operations(StepOperation.HEAP_CLEANUP.bit() | StepOperation.STATUS_LINE.bit());
        SpikeJson.append(text, new SpikeRecord().of(slow, 1_234), slow.productId());
        assertTrue(text.indexOf("\n") == text.length() - 1);
        final JsonNode spike = JSON.readTree(take());
        assertEquals(1000, spike.get("step").intValue());
        assertEquals(7, spike.get("market_record").intValue());
        assertEquals("BTC-USD", spike.get("product").textValue());
        assertEquals(18_300_000, spike.get("total_ns").intValue());
        assertEquals(400_000, spike.get("engine_ns").intValue());
        assertEquals(1_234, spike.get("follow_ns").intValue());
        assertEquals(
                "[\"heap_cleanup\",\"status_line\"]", spike.get("operations").toString());
    }
}
