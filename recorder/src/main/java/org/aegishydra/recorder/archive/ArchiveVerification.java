package org.aegishydra.recorder.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.aegishydra.core.command.Progress;
import org.aegishydra.core.journal.ArchiveCheck;
import org.aegishydra.core.journal.ArchiveManifest;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.Segment;
import org.aegishydra.recorder.archive.ArchiveReport.Cycle;
import org.aegishydra.recorder.archive.ArchiveReport.Outcome;

/** Checks every archive of a journal, and that no record is missing between two of them. Used by one thread, once. */
final class ArchiveVerification {
    private static final double NS_PER_SECOND = 1e9;
    private static final long MB = 1_000_000L;

    private final Path directory;
    private final BooleanSupplier stop;
    private final List<Cycle> cycles = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private ArchiveManifest before;
    private boolean interrupted;

    ArchiveVerification(Path directory, BooleanSupplier stop) {
        this.directory = directory;
        this.stop = stop;
    }

    ArchiveReport run() {
        for (final Segment segment : Segment.in(directory)) {
            if (segment.isArchived() && !interrupted) {
                check(segment);
            } else {
                before = null;
            }
        }
        return new ArchiveReport(
                directory.toString(), failures.isEmpty() && !interrupted, interrupted, cycles, List.of(), failures);
    }

    private void check(Segment segment) {
        try (ArchiveCheck check = ArchiveCheck.of(directory, segment);
                Progress progress = new Progress(
                        "verify " + segment.name(), check.manifest().rawLengthBytes() / MB, "MB")) {
            final ArchiveManifest manifest = check.manifest();
            if (before != null && manifest.firstRecord() != before.lastRecord() + 1) {
                failures.add("archive " + segment.manifestFile(directory) + " begins with record "
                        + manifest.firstRecord() + ", and the one before it ends with record " + before.lastRecord());
            }
            before = manifest;
            final long startNs = System.nanoTime();
            long checked = 0;
            for (int records = check.poll(); records > 0 && !stop.getAsBoolean(); records = check.poll()) {
                checked += records;
                progress.advanceTo(manifest.rawLengthBytes() / MB * checked / manifest.records());
            }
            interrupted = stop.getAsBoolean();
            failures.addAll(check.damages());
            cycles.add(new Cycle(
                    segment.name(),
                    check.damages().isEmpty() ? Outcome.CHECKED : Outcome.FAILED,
                    manifest.records(),
                    manifest.rawLengthBytes(),
                    manifest.compressedLengthBytes(),
                    0,
                    (System.nanoTime() - startNs) / NS_PER_SECOND,
                    false));
        } catch (final JournalException e) {
            before = null;
            cycles.add(Cycle.unchanged(segment.name(), Outcome.FAILED));
            failures.add(e.getMessage());
        }
    }
}
