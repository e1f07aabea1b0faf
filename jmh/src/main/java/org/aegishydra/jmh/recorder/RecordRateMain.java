package org.aegishydra.jmh.recorder;

import com.github.freva.asciitable.AsciiTable;
import jakarta.websocket.DeploymentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.core.command.Machine;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.jmh.journal.RecordedMarket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis bench-record}: how many messages a second a recorder takes in, beside a client that discards them. */
@Command(
        name = "aegis bench-record",
        mixinStandardHelpOptions = true,
        description =
                "Measures a recorder over loopback: the rate it sustains against the same WebSocket client discarding"
                        + " what it gets, and how long its appends take at 2,000 messages/s and at half that rate.",
        footer = {"", "Example:", "  aegis bench-record --rounds 5 --seconds 30"})
public final class RecordRateMain implements Callable<Integer> {
    private static final Logger WEBSOCKET_LOG = Logger.getLogger("org.glassfish");
    private static final long MODEST_RATE = 2_000;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            paramLabel = "N",
            description = "Pairs of discarding and recording at full speed (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--messages",
            defaultValue = "200000",
            paramLabel = "N",
            description = "Messages of a round (default ${DEFAULT-VALUE}).")
    private long messages;

    @Option(
            names = "--bytes",
            defaultValue = "770",
            paramLabel = "N",
            description = "Length of a message, about (default ${DEFAULT-VALUE}).")
    private int bytes;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            paramLabel = "N",
            description = "Length of each paced measurement (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--journals",
            paramLabel = "DIR",
            description = "Where the journals are made, and deleted (default: the temporary directory).")
    private Path parent;

    @Option(names = "--json", description = "Prints the figures as one JSON object.")
    private boolean json;

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new RecordRateMain(), args);
    }

    @Override
    public Integer call() throws IOException, DeploymentException, InterruptedException {
        if (rounds < 1 || messages < 1 || seconds < 1 || bytes < 300) {
            throw new UsageException("--rounds, --messages and --seconds must be 1 or more, --bytes 300 or more");
        }
        WEBSOCKET_LOG.setLevel(Level.OFF);
        final Path journals = parent == null
                ? Files.createTempDirectory("aegis-bench-record")
                : Files.createTempDirectory(parent, "aegis-bench-record");
        final Process server = new ProcessBuilder(JvmFlags.command(
                        JvmFlags.aegisHome(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoopbackFeed.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            final Map<String, Object> report = measure(Integer.parseInt(output.readLine()), journals);
            System.out.println(json ? Program.toJson(report) : table(report));
        } finally {
            server.destroy();
            RecordedMarket.deleteAll(journals);
        }
        return Program.DONE;
    }

    private Map<String, Object> measure(int port, Path journals)
            throws IOException, DeploymentException, InterruptedException {
        final List<Double> discarded = new ArrayList<>();
        final List<Double> recorded = new ArrayList<>();
        final List<Double> ratios = new ArrayList<>();
        Intake discarding = null;
        Intake recording = null;
        // The first round is the compiler's.
        for (int round = 0; round <= rounds; round++) {
            discarding = Intake.discarding(url(port, messages, 0), messages);
            recording = Intake.recording(url(port, messages, 0), messages, journals.resolve("full-" + round));
            if (round > 0) {
                discarded.add(discarding.messagesPerSecond());
                recorded.add(recording.messagesPerSecond());
                ratios.add(recording.messagesPerSecond() / discarding.messagesPerSecond());
            }
            System.err.printf(
                    Locale.ROOT,
                    "round %d of %d: discarding %.0f/s, recording %.0f/s%n",
                    round,
                    rounds,
                    discarding.messagesPerSecond(),
                    recording.messagesPerSecond());
        }
        final long half = (long) (median(recorded) / 2);
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("machine", Machine.thisOne());
        report.put("message_bytes", bytes);
        report.put("discarding_per_second", discarded);
        report.put("recording_per_second", recorded);
        report.put("recording_per_second_median", median(recorded));
        report.put("ratios", ratios);
        report.put("ratio_median", median(ratios));
        report.put("discarding_allocated_bytes_per_message", discarding.allocatedBytesPerMessage());
        report.put("recording_allocated_bytes_per_message", recording.allocatedBytesPerMessage());
        report.put("full_speed", recording.latency());
        report.put("at_" + MODEST_RATE, paced(port, MODEST_RATE, journals));
        report.put("half_rate", half);
        report.put("at_half_rate", paced(port, half, journals));
        return report;
    }

    private Map<String, Object> paced(int port, long perSecond, Path journals)
            throws IOException, InterruptedException {
        System.err.println("paced: " + perSecond + "/s for " + seconds + " s");
        final long count = perSecond * seconds;
        return Intake.recording(url(port, count, perSecond), count, journals.resolve("paced-" + perSecond))
                .latency();
    }

    private URI url(int port, long count, long perSecond) {
        return URI.create("ws://127.0.0.1:" + port + "/?messages=" + count + "&bytes=" + bytes + "&rate=" + perSecond);
    }

    private static double median(List<Double> values) {
        final double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static String table(Map<String, Object> report) {
        final String[][] rows = report.entrySet().stream()
                .map(entry -> new String[] {entry.getKey(), String.valueOf(entry.getValue())})
                .toArray(String[][]::new);
        return AsciiTable.getTable(new String[] {"figure", "value"}, Arrays.copyOf(rows, rows.length));
    }
}
