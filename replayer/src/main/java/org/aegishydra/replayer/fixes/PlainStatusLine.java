package org.aegishydra.replayer.fixes;

import java.io.PrintStream;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.scribe.PaperFormat;

/**
 * Fix 6 as the system before did it: the status line in plain formatting, ten times less often, with the times of the step up
 * to here.
 */
final class PlainStatusLine extends StepWork {
    private final PrintStream console;
    private final PaperFormat format;
    private final int stepsPerLine;

    PlainStatusLine(PrintStream console, PaperFormat format, int stepsPerLine) {
        this.console = console;
        this.format = format;
        this.stepsPerLine = stepsPerLine;
    }

    @Override
    public boolean follows(long step) {
        return step % stepsPerLine == 0;
    }

    @Override
    public long onStep(StepRecord step) {
        final StringBuilder line = new StringBuilder();
        format.statusLine(line, step, step.productId());
        console.println(line);
        console.flush();
        return StepOperation.STATUS_LINE.bit();
    }
}
