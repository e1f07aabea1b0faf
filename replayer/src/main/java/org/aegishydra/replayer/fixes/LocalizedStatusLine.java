package org.aegishydra.replayer.fixes;

import java.io.PrintStream;
import java.util.Locale;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;

/**
 * Fix 6 before: every few steps the trading thread prints a status line whose numbers are written as a locale writes them.
 *
 * <pre>
 *   Step 00010 | BTC: 65,083.66 | M: +0.123 | Pos: +1.0 | Cap: $100,000.00 (+0.00%)
 * </pre>
 */
final class LocalizedStatusLine extends StepWork {
    private final PrintStream console;
    private final Locale locale;
    private final double initialCapital;
    private final int stepsPerLine;

    LocalizedStatusLine(PrintStream console, Locale locale, double initialCapital, int stepsPerLine) {
        this.console = console;
        this.locale = locale;
        this.initialCapital = initialCapital;
        this.stepsPerLine = stepsPerLine;
    }

    @Override
    public boolean follows(long step) {
        return step % stepsPerLine == 0;
    }

    @Override
    public long onStep(StepRecord step) {
        final String productId = step.productId();
        final int dash = productId.indexOf('-');
        console.println(String.format(
                locale,
                "Step %05d | %s: %,.2f | M: %+.3f | Pos: %+,.1f | Cap: $%,.2f (%+.2f%%)",
                step.step(),
                dash > 0 ? productId.substring(0, dash) : productId,
                midPrice(step),
                step.signal(),
                step.position() / (double) Decimals.powerOfTen(step.sizeScale()),
                step.capital(),
                (step.capital() / initialCapital - 1) * 100));
        console.flush();
        return StepOperation.STATUS_LINE.bit();
    }

    /** 0 where a side is empty. */
    private static double midPrice(StepRecord step) {
        if (step.bestBid() == Long.MIN_VALUE || step.bestAsk() == Long.MIN_VALUE) {
            return 0;
        }
        return (step.bestBid() / 2.0 + step.bestAsk() / 2.0) / Decimals.powerOfTen(step.priceScale());
    }
}
