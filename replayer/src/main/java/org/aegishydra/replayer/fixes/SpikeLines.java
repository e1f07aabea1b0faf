package org.aegishydra.replayer.fixes;

import java.io.PrintStream;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.scribe.PaperFormat;

/**
 * Fix 7 as the system before did it: the trading thread prints a line about each spike. It does so when the step's time is
 * known, so the line is no part of that time; the next step waits for it.
 */
final class SpikeLines extends StepWork {
    private final PrintStream console;

    SpikeLines(PrintStream console) {
        this.console = console;
    }

    @Override
    public boolean follows(long step) {
        return false;
    }

    @Override
    public void onSpike(StepRecord step, long followNs) {
        final StringBuilder line = new StringBuilder();
        PaperFormat.spikeLine(line, step);
        console.println(line);
        console.flush();
    }
}
