package org.aegishydra.analysis;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.aegishydra.analysis.FirstFew.Findings;
import org.aegishydra.analysis.JournalReport.BookEnd;
import org.aegishydra.analysis.JournalReport.Malformed;
import org.aegishydra.analysis.JournalReport.Messages;
import org.aegishydra.analysis.JournalReport.Records;
import org.aegishydra.analysis.text.TextTable;

/** A report as tables for people. Stateless. */
final class ReportText {
    private static final int SHA256_SHOWN = 16;

    private ReportText() {}

    static String of(JournalReport report) {
        final List<String> parts = new ArrayList<>();
        parts.add(overview(report));
        parts.add(table("Records", counts(report.records().kinds()), "kind", "> records"));
        final Messages messages = report.messages();
        if (messages.count() > 0) {
            parts.add(table("Messages", messages(messages), "channel or type", "> messages"));
        }
        if (messages.malformed() > 0) {
            parts.add(malformed(messages.malformedMessages()));
        }
        if (!report.products().isEmpty()) {
            parts.add(table(
                    "Products",
                    rows(
                            report.products(),
                            (product, counts) -> row(
                                    product,
                                    number(counts.snapshots()),
                                    number(counts.levelUpdates()),
                                    number(counts.trades()),
                                    counts.live() ? "yes" : "no")),
                    "product",
                    "> snapshots",
                    "> level updates",
                    "> trades",
                    "live at the end"));
        }
        if (report.books() != null) {
            parts.add(books(report.books()));
        }
        if (report.gaps() != null) {
            parts.add(GapText.of(report.gaps()));
        }
        return String.join("\n\n", parts);
    }

    private static String overview(JournalReport report) {
        final Records records = report.records();
        final List<String[]> lines = new ArrayList<>();
        lines.add(row("journal", report.journal()));
        lines.add(row("whole", state(report)));
        lines.add(row("records", number(records.count()) + range(records)));
        if (records.count() > 0) {
            lines.add(row("received", records.firstTime() + " to " + records.lastTime()));
        }
        lines.add(row("payload", number(records.payloadBytes()) + " bytes"));
        if (report.messages().count() > 0) {
            lines.add(row(
                    "largest message",
                    number(report.messages().largestBytes()) + " bytes, record "
                            + report.messages().largestRecordSequence()));
        }
        lines.add(row("cycle files", files(report.cycleFiles())));
        final Column[] columns = {left(""), left("").maxWidth(Integer.MAX_VALUE)};
        return AsciiTable.getTable(AsciiTable.NO_BORDERS, columns, lines.toArray(String[][]::new))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String state(JournalReport report) {
        if (report.whole() == null) {
            return "no record is missing; --verify checks the payloads too";
        }
        return report.whole() ? "yes: no record is missing, every CRC-32C is right" : "NO: " + report.reason();
    }

    private static String range(Records records) {
        return records.count() == 0 ? "" : ", " + records.firstSequence() + " to " + records.lastSequence();
    }

    private static String files(List<CycleFile> files) {
        if (files.isEmpty()) {
            return "none";
        }
        final String last = files.get(files.size() - 1).name();
        return number(files.size()) + ": " + files.get(0).name() + (files.size() == 1 ? "" : " to " + last);
    }

    private static List<String[]> messages(Messages messages) {
        final List<String[]> rows = counts(messages.kinds());
        rows.add(row("(decoded, of these)", number(messages.decoded())));
        rows.add(row("(known and not needed, of these)", number(messages.notNeeded())));
        rows.add(row("(unknown)", number(messages.unknown())));
        rows.add(row("(malformed)", number(messages.malformed())));
        return rows;
    }

    private static String malformed(Findings<Malformed> findings) {
        final List<String[]> rows = new ArrayList<>();
        for (final Malformed message : findings.list()) {
            rows.add(row(Long.toString(message.recordSequence()), message.time(), message.dialect(), message.reason()));
        }
        return table(title("Malformed messages", findings), rows, "> record", "received", "dialect", "reason");
    }

    private static String books(Map<String, BookEnd> books) {
        return table(
                "Books at the end",
                rows(
                        books,
                        (product, book) -> row(
                                product,
                                number(book.bidLevels()),
                                number(book.askLevels()),
                                level(book.bestBid()),
                                level(book.bestAsk()),
                                book.sha256().substring(0, SHA256_SHOWN) + "…")),
                "product",
                "> bids",
                "> asks",
                "> best bid",
                "> best ask",
                "sha256");
    }

    private static String level(List<String> level) {
        return level == null ? "none" : level.get(1) + " at " + level.get(0);
    }

    /** Rows out of a map's entries. */
    @FunctionalInterface
    interface RowMaker<T> {
        String[] row(String key, T value);
    }

    static <T> List<String[]> rows(Map<String, T> map, RowMaker<T> maker) {
        final List<String[]> rows = new ArrayList<>();
        map.forEach((key, value) -> rows.add(maker.row(key, value)));
        return rows;
    }

    private static List<String[]> counts(Map<String, Long> counts) {
        return rows(counts, (key, count) -> row(key, number(count)));
    }

    static String[] row(String... cells) {
        return cells;
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A heading that tells how many of the findings follow. */
    static String title(String what, Findings<?> findings) {
        return what + ": " + number(findings.count())
                + (findings.notListed() > 0 ? ", the first " + findings.list().size() + " of them" : "");
    }

    static String table(String title, List<String[]> rows, String... columns) {
        return TextTable.of(title, rows, columns);
    }

    private static Column left(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }
}
