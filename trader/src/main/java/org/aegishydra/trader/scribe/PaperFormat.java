package org.aegishydra.trader.scribe;

import java.util.stream.IntStream;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.Int128;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;

/**
 * The lines that people's scripts read. Used by one thread.
 *
 * <pre>
 *   paper_log.csv      timestamp,step,price,capital,magnetization,position,latency   (latency in ms, no header)
 *   paper_trades.csv   timestamp,price,side,size,capital
 *   paper_state.json   [{time, step, price, capital, magnetization, position, latency} …]
 * </pre>
 *
 * Every form of what follows a step writes by this class, so that their files can be compared.
 */
public final class PaperFormat {
    private static final double NS_PER_MS = 1e6;
    private static final int CAPITAL_DECIMALS = 4;
    private static final int SIGNAL_DECIMALS = 6;
    private static final int LATENCY_DECIMALS = 6;

    /** Of money, by the sum of both scales; kept, since to compute a power makes garbage. */
    private static final double[] UNITS = IntStream.rangeClosed(0, 2 * Decimals.MAX_SCALE)
            .mapToDouble(scale -> StrictMath.pow(10, scale))
            .toArray();

    private final double initialCapital;
    private final double feeRate;
    private final Int128 flow = new Int128();
    private final Int128 turnover = new Int128();

    /**
     * The format for accounts of one run.
     *
     * @param initialCapital in the quote currency.
     * @param feeBps in basis points.
     */
    public PaperFormat(double initialCapital, double feeBps) {
        this.initialCapital = initialCapital;
        this.feeRate = feeBps * 1e-4;
    }

    /** One row of {@code paper_log.csv}, with its line end. */
    public void logRow(StringBuilder text, StepRecord step) {
        RowText.isoTime(text, step.eventTimeNs());
        logRest(text, step);
    }

    /** The same, for who has formatted the step's time already, as ISO 8601 in UTC with microseconds. */
    public void logRow(StringBuilder text, CharSequence time, StepRecord step) {
        text.append(time);
        logRest(text, step);
    }

    private static void logRest(StringBuilder text, StepRecord step) {
        text.append(',').append(step.step()).append(',');
        RowText.midPrice(text, step.bestBid(), step.bestAsk(), step.priceScale());
        text.append(',');
        RowText.decimals(text, step.capital(), CAPITAL_DECIMALS);
        text.append(',');
        RowText.decimals(text, step.signal(), SIGNAL_DECIMALS);
        text.append(',');
        RowText.fixedPoint(text, step.position(), step.sizeScale());
        text.append(',');
        RowText.decimals(text, step.totalNs() / NS_PER_MS, LATENCY_DECIMALS);
        text.append('\n');
    }

    /** One object of {@code paper_state.json}. */
    public void stateObject(StringBuilder text, StepRecord step) {
        text.append("{\"time\": \"");
        RowText.isoTime(text, step.eventTimeNs());
        objectRest(text, step);
    }

    /** The same, for who has formatted the step's time already, as ISO 8601 in UTC with microseconds. */
    public void stateObject(StringBuilder text, CharSequence time, StepRecord step) {
        text.append("{\"time\": \"").append(time);
        objectRest(text, step);
    }

    private static void objectRest(StringBuilder text, StepRecord step) {
        text.append("\", \"step\": ").append(step.step()).append(", \"price\": ");
        RowText.midPrice(text, step.bestBid(), step.bestAsk(), step.priceScale());
        text.append(", \"capital\": ");
        number(text, step.capital(), CAPITAL_DECIMALS);
        text.append(", \"magnetization\": ");
        number(text, step.signal(), SIGNAL_DECIMALS);
        text.append(", \"position\": ");
        RowText.fixedPoint(text, step.position(), step.sizeScale());
        text.append(", \"latency\": ");
        RowText.decimals(text, step.totalNs() / NS_PER_MS, LATENCY_DECIMALS);
        text.append('}');
    }

    /** JSON has no NaN, which a strategy's value may be. */
    private static void number(StringBuilder text, double value, int decimals) {
        final int at = text.length();
        RowText.decimals(text, value, decimals);
        if (text.charAt(text.length() - 1) == 'n') {
            text.setLength(at);
            text.append("null");
        }
    }

    /** One row of {@code paper_trades.csv}, for a fill, with its line end; the capital is taken at the fill's price. */
    public void tradeRow(StringBuilder text, DecisionRecord fill) {
        RowText.isoTime(text, fill.eventTimeNs());
        text.append(',');
        RowText.fixedPoint(text, fill.price(), fill.priceScale());
        text.append(',').append(fill.side() == Side.BID ? "BUY" : "SELL").append(',');
        RowText.fixedPoint(text, fill.size(), fill.sizeScale());
        text.append(',');
        RowText.decimals(text, capital(fill), CAPITAL_DECIMALS);
        text.append('\n');
    }

    private double capital(DecisionRecord fill) {
        fill.flow(flow);
        fill.turnover(turnover);
        final double unit = UNITS[fill.priceScale() + fill.sizeScale()];
        return initialCapital
                + (flow.toDouble() + (double) fill.position() * fill.price() - turnover.toDouble() * feeRate) / unit;
    }

    /** {@code ⚠️  SPIKE: {'step': 1000, 'total_ms': 18.3, 'engine_ms': 0.4, 'overhead_ms': 17.9, 'operations': ['json_dump']}} */
    public static void spikeLine(StringBuilder text, StepRecord spike) {
        text.append("⚠️  SPIKE: {'step': ").append(spike.step());
        text.append(", 'total_ms': ");
        RowText.decimals(text, spike.totalNs() / NS_PER_MS, 1);
        text.append(", 'engine_ms': ");
        RowText.decimals(text, spike.strategyNs() / NS_PER_MS, 1);
        text.append(", 'overhead_ms': ");
        RowText.decimals(text, (spike.totalNs() - spike.strategyNs()) / NS_PER_MS, 1);
        text.append(", 'operations': [");
        String separator = "";
        for (final String operation : StepOperation.names(spike.operations())) {
            text.append(separator).append('\'').append(operation).append('\'');
            separator = ", ";
        }
        text.append("]}");
    }

    /** {@code Step 00100 | BTC: 65083.66 | M: +0.123 | Pos: +1.0 | Cap: $100.00 (+0.00%) | Loop: 0.0ms | Eng: 0.0ms} */
    public void statusLine(StringBuilder text, StepRecord step, String productId) {
        text.append("Step ");
        for (long limit = 10_000; limit > step.step() && limit > 1; limit /= 10) {
            text.append('0');
        }
        text.append(step.step()).append(" | ");
        final int dash = productId.indexOf('-');
        text.append(dash > 0 ? productId.substring(0, dash) : productId).append(": ");
        RowText.midPrice(text, step.bestBid(), step.bestAsk(), step.priceScale());
        text.append(" | M: ");
        RowText.signedDecimals(text, step.signal(), 3);
        text.append(" | Pos: ").append(step.position() < 0 ? "" : "+");
        final int positionAt = text.length();
        RowText.fixedPoint(text, step.position(), step.sizeScale());
        if (text.indexOf(".", positionAt) < 0) {
            text.append(".0");
        }
        final double gainPercent = (step.capital() / initialCapital - 1) * 100;
        text.append(" | Cap: $");
        RowText.decimals(text, step.capital(), 2);
        text.append(" (");
        RowText.signedDecimals(text, gainPercent, 2);
        text.append("%) | Loop: ");
        RowText.decimals(text, step.totalNs() / NS_PER_MS, 1);
        text.append("ms | Eng: ");
        RowText.decimals(text, step.strategyNs() / NS_PER_MS, 1);
        text.append("ms");
    }
}
