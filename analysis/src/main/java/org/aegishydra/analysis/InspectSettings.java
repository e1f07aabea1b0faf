package org.aegishydra.analysis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.command.UsageException;

/**
 * What an inspection is asked for.
 *
 * @param journal the journal's directory.
 * @param verify whether to check each payload's CRC-32C.
 * @param books whether to tell the books at the end.
 * @param gaps whether to tell what is missing.
 * @param json whether to report as JSON.
 * @param dump the records to print instead of a report; null for a report.
 * @param statistics whether to tell how the market behaves, instead of a report.
 * @param beside journals whose statistics stand beside.
 */
record InspectSettings(
        Path journal,
        boolean verify,
        boolean books,
        boolean gaps,
        boolean json,
        Dump dump,
        boolean statistics,
        List<Path> beside) {
    InspectSettings {
        beside = List.copyOf(beside);
        if (statistics && (books || gaps || dump != null)) {
            throw new UsageException("--statistics stands instead of a report: leave "
                    + (dump != null ? "--dump" : books ? "--books" : "--gaps") + " away");
        }
        if (!statistics && !beside.isEmpty()) {
            throw new UsageException(
                    "--beside " + beside.get(0) + ": says whose statistics to show: give --statistics too");
        }
        if (dump != null && (books || gaps || json)) {
            throw new UsageException("--dump prints records instead of a report: leave "
                    + (books ? "--books" : gaps ? "--gaps" : "--json") + " away");
        }
    }

    /** The journals whose statistics are asked for. */
    List<Path> statisticsOf() {
        final List<Path> journals = new ArrayList<>();
        journals.add(journal);
        journals.addAll(beside);
        return journals;
    }

    /**
     * The records to print.
     *
     * @param fromSequence the first one.
     * @param limit the most to print.
     * @param full whether payloads are printed whole.
     */
    record Dump(long fromSequence, long limit, boolean full) {
        Dump {
            if (fromSequence < 1) {
                throw new UsageException("--from " + fromSequence + ": must be a record sequence, 1 or more");
            }
            if (limit < 1) {
                throw new UsageException("--limit " + limit + ": must be 1 or more");
            }
        }
    }
}
