package org.aegishydra.jmh.hop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.openhft.affinity.Affinity;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.latency.LatencyRecorder;
import org.aegishydra.core.latency.NoiseFloor;

/** A JVM that does nothing but read a journal's records as they come, spinning, and note how old they are. */
final class HopReader {
    /** The tag of the hop's histogram. */
    static final String HOP = "Hop";

    private static final int POLL_LIMIT = 64;
    private static final long MAX_NS = TimeUnit.MINUTES.toNanos(10);

    private final Histogram hop = new Histogram(MAX_NS, 3);

    private HopReader() {}

    /**
     * Reads until so many records have come.
     *
     * @param args the journal, which may not be there yet; how many records; the file for the histograms; the CPU to run on,
     *     if any.
     */
    public static void main(String[] args) throws IOException {
        final Path journal = Path.of(args[0]);
        while (!Journal.exists(journal)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        if (args.length > 3) {
            Affinity.setAffinity(Integer.parseInt(args[3]));
        }
        final HopReader reader = new HopReader();
        final LatencyRecorder log = new LatencyRecorder();
        try (JournalTailer tailer = Journal.open(journal).tailer();
                NoiseFloor noise = NoiseFloor.beside()) {
            reader.read(tailer, Long.parseLong(args[1]));
            noise.stop();
            log.log(HOP, reader.hop);
            log.log("Noise", noise.lateness());
        }
        final Path file = Path.of(args[2]);
        final Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        log.writeLog(unfinished);
        Files.move(unfinished, file);
    }

    private void read(JournalTailer tailer, long records) {
        final RecordHandler handler = (header, buffer, offset, length) -> {
            if (header.monotonicTimeNs() != 0) {
                hop.recordValue(Math.min(Math.max(0, System.nanoTime() - header.monotonicTimeNs()), MAX_NS));
            }
        };
        long read = 0;
        while (read < records) {
            final int polled = tailer.poll(handler, POLL_LIMIT);
            if (polled == 0) {
                Thread.onSpinWait();
            }
            read += polled;
        }
    }
}
