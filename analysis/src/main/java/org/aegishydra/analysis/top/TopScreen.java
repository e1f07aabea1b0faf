package org.aegishydra.analysis.top;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.aegishydra.core.command.StopSignal;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * The terminal's alternate screen, without echo, from construction to closing; what was there before comes back then.
 * Talks to the terminal through {@code stty}, so that no native library is needed. Used by one thread.
 */
final class TopScreen implements AutoCloseable {
    private static final long LOOK_MS = 50;
    private static final int CONTROL_C = 3;
    private static final int DEFAULT_ROWS = 24;
    private static final int DEFAULT_COLUMNS = 80;

    private final Terminal terminal;
    private final Attributes before;

    TopScreen() throws IOException {
        // JLine's own signal handlers would end the process before the screen is given back.
        terminal = TerminalBuilder.builder()
                .system(true)
                .provider("exec")
                .nativeSignals(false)
                .build();
        before = terminal.enterRawMode();
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    /** Whether somebody looks at standard output and has a keyboard. The JDK does not tell; Linux does. */
    static boolean isThere() {
        return !"dumb".equals(System.getenv("TERM")) && isTerminal("0") && isTerminal("1");
    }

    private static boolean isTerminal(String descriptor) {
        try {
            final String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (final IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Shows as much of the lines as there is room for. */
    void show(List<String> lines, String footer) {
        final Size size = terminal.getSize();
        // A terminal that nobody told its size says 0.
        final int rows = size.getRows() > 1 ? size.getRows() : DEFAULT_ROWS;
        final int columns = size.getColumns() > 1 ? size.getColumns() : DEFAULT_COLUMNS;
        terminal.puts(Capability.cursor_home);
        final boolean fits = lines.size() < rows;
        final int shown = fits ? lines.size() : rows - 1;
        for (final String line : lines.subList(0, shown)) {
            terminal.writer().print(cut(line, columns));
            terminal.puts(Capability.clr_eol);
            terminal.writer().print("\r\n");
        }
        terminal.puts(Capability.clr_eos);
        final String more = fits ? "" : "; " + (lines.size() - shown) + " more lines: enlarge the window";
        terminal.writer().print(cut(footer + more, columns - 1));
        terminal.flush();
    }

    private static String cut(String line, int columns) {
        return line.length() <= columns ? line : line.substring(0, columns - 1) + "…";
    }

    /** Waits for so long; false at once when the user wants to end. */
    boolean await(Duration interval, StopSignal stop) throws IOException {
        final long deadlineNs = System.nanoTime() + interval.toNanos();
        while (System.nanoTime() < deadlineNs) {
            if (stop.isRaised()) {
                return false;
            }
            final int key = terminal.reader().read(LOOK_MS);
            if (key == 'q' || key == 'Q' || key == CONTROL_C || key == NonBlockingReader.EOF) {
                return false;
            }
        }
        return !stop.isRaised();
    }

    @Override
    public void close() throws IOException {
        terminal.puts(Capability.cursor_normal);
        terminal.puts(Capability.exit_ca_mode);
        terminal.flush();
        terminal.setAttributes(before);
        terminal.close();
    }
}
