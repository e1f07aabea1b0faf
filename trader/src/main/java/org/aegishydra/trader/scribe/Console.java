package org.aegishydra.trader.scribe;

import java.io.PrintStream;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.run.StepRecord;

/**
 * Status and spike lines for a person: the status moves in place on a terminal, and is printed as a line every few seconds
 * elsewhere. Of many spikes within a second the first ones are shown. Used by the scribe's thread.
 */
final class Console {
    private static final long TERMINAL_INTERVAL_NS = 200_000_000L;
    private static final long LINE_INTERVAL_NS = 5_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int SPIKES_PER_SECOND = 10;

    private final PrintStream output;
    private final PaperFormat format;
    private final boolean terminal = Program.onTerminal();
    private final StringBuilder text = new StringBuilder();
    private long lastStatusNs;
    private long spikeSecondNs;
    private int spikesInSecond;
    private boolean statusShown;

    Console(PrintStream output, PaperFormat format) {
        this.output = output;
        this.format = format;
        this.lastStatusNs = System.nanoTime() - LINE_INTERVAL_NS;
        this.spikeSecondNs = lastStatusNs;
    }

    void step(StepRecord step, String productId) {
        final long nowNs = System.nanoTime();
        if (output == null || nowNs - lastStatusNs < (terminal ? TERMINAL_INTERVAL_NS : LINE_INTERVAL_NS)) {
            return;
        }
        lastStatusNs = nowNs;
        text.setLength(0);
        format.statusLine(text, step, productId);
        if (terminal) {
            output.print("\r" + text + "   ");
            statusShown = true;
        } else {
            output.println(text);
        }
    }

    void spike(StepRecord spike) {
        final long nowNs = System.nanoTime();
        if (nowNs - spikeSecondNs > SECOND_NS) {
            spikeSecondNs = nowNs;
            spikesInSecond = 0;
        }
        if (output == null || ++spikesInSecond > SPIKES_PER_SECOND) {
            return;
        }
        text.setLength(0);
        PaperFormat.spikeLine(text, spike);
        if (statusShown) {
            output.println();
            statusShown = false;
        }
        output.println(text);
    }

    void flush() {
        if (output != null) {
            output.flush();
        }
    }
}
