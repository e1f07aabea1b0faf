package org.aegishydra.recorder.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.aegishydra.core.command.Progress;
import org.aegishydra.core.journal.ArchiveCheck;
import org.aegishydra.core.journal.ArchiveManifest;
import org.aegishydra.core.journal.ArchiveSession;
import org.aegishydra.core.journal.ArchiveWriter;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.OriginalCheck;
import org.aegishydra.core.journal.RecordedSegment;
import org.aegishydra.recorder.archive.ArchiveReport.Cycle;
import org.aegishydra.recorder.archive.ArchiveReport.Outcome;

/**
 * One run of the archiver: what retention gives up goes, each closed cycle that has no archive gets one, and cycle files that
 * have one go if that is asked for. A cycle that fails does not keep the others from theirs. Used by one thread, once.
 */
final class Archiving {
    private static final int BATCH_RECORDS = 4096;
    private static final double NS_PER_SECOND = 1e9;

    private final ArchiveSettings settings;
    private final Journal journal;
    private final BooleanSupplier stop;
    private final List<Cycle> cycles = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private ArchiveSession session;
    private Progress progress;
    private long handledRecords;

    /** Work was broken off because a stop was asked for. */
    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * A run that has not begun.
     *
     * @param stop asked now and then; the run ends when it says yes.
     */
    Archiving(ArchiveSettings settings, Journal journal, BooleanSupplier stop) {
        this.settings = settings;
        this.journal = journal;
        this.stop = stop;
    }

    ArchiveReport run() throws IOException {
        boolean interrupted = false;
        try (ArchiveSession opened = ArchiveSession.open(journal)) {
            session = opened;
            final Retention retention = new Retention(session, journal.directory());
            if (settings.keepDays() != ArchiveSettings.ALL) {
                retention.keepDays(settings.keepDays());
            }
            final List<RecordedSegment> segments = session.segments();
            try (Progress shown = new Progress("archive", recordsToHandle(segments), "records")) {
                progress = shown;
                archiveAll(segments);
            } catch (final Interrupted e) {
                interrupted = true;
            }
            if (settings.keepBytes() != ArchiveSettings.ALL && !interrupted) {
                retention.keepBytes(settings.keepBytes());
            }
            return new ArchiveReport(
                    settings.journal().toString(),
                    failures.isEmpty() && !interrupted,
                    interrupted,
                    cycles,
                    retention.removed(),
                    failures);
        }
    }

    /** Each record twice: once where it is written or compared, once where it is read back. */
    private long recordsToHandle(List<RecordedSegment> segments) {
        return segments.stream()
                .filter(source -> source.segment().hasCycleFile())
                .filter(source -> settings.deleteOriginals() || !session.isArchived(source))
                .mapToLong(source -> 2 * source.records())
                .sum();
    }

    private void archiveAll(List<RecordedSegment> segments) {
        int last = segments.size() - 1;
        while (last >= 0 && segments.get(last).records() == 0) {
            last--;
        }
        for (int i = 0; i < segments.size(); i++) {
            final RecordedSegment source = segments.get(i);
            if (!source.segment().hasCycleFile()) {
                continue;
            }
            final String name = source.segment().name();
            if (source.records() == 0) {
                cycles.add(Cycle.unchanged(name, Outcome.EMPTY));
            } else if (i == last && isOpen(source)) {
                cycles.add(Cycle.unchanged(name, Outcome.OPEN));
            } else {
                takeIn(source, i == last);
            }
        }
    }

    /** Of the last cycle file: its time is not over, or a writer may append to it whatever the time. */
    private boolean isOpen(RecordedSegment last) {
        final long endMs = (last.segment().startNs() + session.cycleLengthNs()) / 1_000_000L;
        return System.currentTimeMillis() < endMs || session.hasWriter();
    }

    private void takeIn(RecordedSegment source, boolean isLast) {
        try {
            Cycle cycle = Cycle.unchanged(source.segment().name(), Outcome.ARCHIVED_BEFORE);
            if (!session.isArchived(source) || (settings.deleteOriginals() && !isSameAsOriginal(source))) {
                cycle = archive(source);
            }
            cycles.add(
                    settings.deleteOriginals()
                            ? cycle.withOriginalDeleted(session.deleteCycleFile(source, isLast))
                            : cycle);
        } catch (final JournalException e) {
            cycles.add(Cycle.unchanged(source.segment().name(), Outcome.FAILED));
            failures.add(e.getMessage());
        }
    }

    private Cycle archive(RecordedSegment source) {
        final long startNs = System.nanoTime();
        try (ArchiveWriter writer = session.archive(source, settings.level())) {
            for (int records = writer.poll(BATCH_RECORDS); records > 0; records = writer.poll(BATCH_RECORDS)) {
                handled(records);
            }
            final ArchiveManifest manifest = writer.end();
            final long writtenNs = System.nanoTime();
            try (ArchiveCheck check = writer.check()) {
                requireWhole(check);
            }
            final long checkedNs = System.nanoTime();
            writer.commit();
            return new Cycle(
                    source.segment().name(),
                    Outcome.ARCHIVED,
                    manifest.records(),
                    manifest.rawLengthBytes(),
                    manifest.compressedLengthBytes(),
                    (writtenNs - startNs) / NS_PER_SECOND,
                    (checkedNs - writtenNs) / NS_PER_SECOND,
                    false);
        }
    }

    private void requireWhole(ArchiveCheck check) {
        for (int records = check.poll(); records > 0; records = check.poll()) {
            handled(records);
        }
        if (!check.damages().isEmpty()) {
            throw new JournalException(
                    "what was written cannot be read back: " + check.damages().get(0));
        }
    }

    /** Whether an archive of an earlier run is whole and holds what the cycle file holds. */
    private boolean isSameAsOriginal(RecordedSegment source) {
        final Path directory = journal.directory();
        try (OriginalCheck original = session.checkOriginal(source)) {
            for (int records = original.poll(BATCH_RECORDS); records > 0; records = original.poll(BATCH_RECORDS)) {
                handled(records);
            }
            if (original.difference() != null) {
                return false;
            }
        }
        try (ArchiveCheck check = ArchiveCheck.of(directory, source.segment())) {
            for (int records = check.poll(); records > 0; records = check.poll()) {
                handled(records);
            }
            return check.damages().isEmpty();
        }
    }

    private void handled(int records) {
        handledRecords += records;
        progress.advanceTo(handledRecords);
        if (stop.getAsBoolean()) {
            throw new Interrupted();
        }
    }
}
