package org.aegishydra.core.offending;

import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import picocli.CommandLine;

/** Works with Chronicle and with the command line where neither belongs; its clock and list are nobody's concern. */
public final class Offender {
    private final List<Long> times = List.of(System.nanoTime());

    synchronized List<Long> times() {
        return times;
    }

    long length(Bytes<?> bytes) {
        return bytes.readRemaining();
    }

    String name(CommandLine commandLine) {
        return commandLine.getCommandName();
    }
}
