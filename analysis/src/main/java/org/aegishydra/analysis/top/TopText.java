package org.aegishydra.analysis.top;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import org.aegishydra.analysis.text.Quantities;
import org.aegishydra.analysis.text.TextTable;
import org.aegishydra.core.board.BoardReading;
import org.aegishydra.core.board.EntryReading;
import org.aegishydra.core.board.LaneFigure;
import org.aegishydra.core.board.RecorderFigure;
import org.aegishydra.core.board.TraderFigure;
import org.aegishydra.core.board.TraderReading;

/** A report as lines for people. Stateless. */
final class TopText {
    private static final String NOT_KNOWN = "-";

    private TopText() {}

    static List<String> of(TopReport report) {
        final List<String> lines = new ArrayList<>();
        lines.add("Recorder of " + report.journal() + " at "
                + Instant.EPOCH.plusNanos(report.now().wallTimeNs()).truncatedTo(ChronoUnit.SECONDS));
        lines.addAll(TextTable.of(health(report), recorder(report), "what", "figures")
                .lines()
                .toList());
        final List<EntryReading<LaneFigure>> lanes = report.now().lanes();
        final List<String[]> rows = new ArrayList<>();
        for (final EntryReading<LaneFigure> lane : lanes) {
            rows.add(lane(report, lane));
        }
        lines.addAll(TextTable.of(
                        lanes.size() == 1 ? "1 lane" : lanes.size() + " lanes",
                        rows,
                        "> lane",
                        "state",
                        "> messages/s",
                        "> messages",
                        "> bytes",
                        "> gaps",
                        "> reconnects",
                        "> takeovers",
                        "> last message",
                        "> connection",
                        "products")
                .lines()
                .toList());
        for (final TraderReading trader : report.now().traders()) {
            lines.addAll(TextTable.of(traderHealth(trader), trader(report, trader.entry()), "what", "figures")
                    .lines()
                    .toList());
        }
        return lines;
    }

    private static String traderHealth(TraderReading trader) {
        final String process = "trader " + trader.entry().text() + ": process "
                + trader.entry().get(TraderFigure.PID) + " "
                + switch (trader.liveness()) {
                    case LIVE -> "is " + word(BoardReading.traderState(trader.entry()));
                    case SILENT -> "is there but SILENT";
                    case STOPPED -> "has stopped";
                    case GONE -> "is GONE";
                };
        return trader.isScribeLate() ? process + "; its files are LATE" : process;
    }

    private static List<String[]> trader(TopReport report, EntryReading<TraderFigure> trader) {
        final List<String[]> rows = new ArrayList<>();
        final long behind = report.recordsBehind(trader);
        rows.add(row(
                "records",
                count(trader, TraderFigure.RECORDS) + "; last sequence "
                        + count(trader, TraderFigure.LAST_RECORD_SEQUENCE) + ", "
                        + (behind == EntryReading.UNKNOWN ? NOT_KNOWN : Quantities.count(behind)) + " behind"));
        rows.add(row(
                "steps",
                count(trader, TraderFigure.STEPS) + " of " + count(trader, TraderFigure.PRODUCTS) + " products, "
                        + count(trader, TraderFigure.SPIKES) + " spikes, "
                        + count(trader, TraderFigure.DECISION_RECORDS) + " records of decisions"));
        rows.add(row(
                "files",
                known(trader, TraderFigure.SCRIBE_LAG_NS, Quantities::time) + " behind (limit "
                        + known(trader, TraderFigure.SCRIBE_LAG_LIMIT_NS, Quantities::time) + "): "
                        + count(trader, TraderFigure.SCRIBE_DECISIONS_BEHIND) + " records of decisions, "
                        + count(trader, TraderFigure.SCRIBE_STEP_RECORDS_BEHIND) + " of steps"));
        rows.add(row(
                "memory",
                bytes(trader, TraderFigure.HEAP_USED_BYTES) + " heap of "
                        + bytes(trader, TraderFigure.HEAP_MAX_BYTES) + ", "
                        + count(trader, TraderFigure.COLLECTIONS) + " collections in "
                        + count(trader, TraderFigure.COLLECTION_TIME_MS) + " ms, "
                        + bytes(trader, TraderFigure.RESIDENT_BYTES) + " resident"));
        return rows;
    }

    /** Whether the recorder is there, in one sentence. */
    static String health(TopReport report) {
        final BoardReading now = report.now();
        final String process = "process " + now.recorder().get(RecorderFigure.PID);
        final String lastSeen = Quantities.time(now.ageNs()) + " ago";
        return switch (now.liveness()) {
            case LIVE ->
                process + " is " + word(now.recorderState()) + ", up "
                        + Quantities.time(
                                Math.max(0, now.wallTimeNs() - now.recorder().get(RecorderFigure.START_WALL_NS)))
                        + ", last seen " + lastSeen;
            case SILENT -> process + " is there but SILENT; last seen " + lastSeen + ", " + word(now.recorderState());
            case STOPPED -> process + " has " + word(now.recorderState()) + "; last seen " + lastSeen;
            case GONE -> process + " is GONE; last seen " + lastSeen + ", " + word(now.recorderState());
        };
    }

    private static List<String[]> recorder(TopReport report) {
        final EntryReading<RecorderFigure> recorder = report.now().recorder();
        final List<String[]> rows = new ArrayList<>();
        rows.add(row(
                "messages",
                count(recorder, RecorderFigure.MESSAGES)
                        + ", " + perSecond(report.rate(RecorderFigure.MESSAGES))
                        + ", " + bytes(recorder, RecorderFigure.BYTES)
                        + ", " + bytesPerSecond(report.rate(RecorderFigure.BYTES))));
        rows.add(row(
                "records",
                count(recorder, RecorderFigure.RECORDS) + ", of these "
                        + count(recorder, RecorderFigure.FACTS) + " facts; last sequence "
                        + count(recorder, RecorderFigure.LAST_RECORD_SEQUENCE)));
        rows.add(row(
                "append, of late",
                latencies(
                        recorder,
                        RecorderFigure.RECENT_APPEND_P50_NS,
                        RecorderFigure.RECENT_APPEND_P99_NS,
                        RecorderFigure.RECENT_APPEND_MAX_NS)));
        rows.add(row(
                "append, in all",
                latencies(
                        recorder,
                        RecorderFigure.APPEND_P50_NS,
                        RecorderFigure.APPEND_P99_NS,
                        RecorderFigure.APPEND_MAX_NS)));
        rows.add(row(
                "lost and held up",
                count(recorder, RecorderFigure.DROPPED_MESSAGES) + " messages dropped, "
                        + count(recorder, RecorderFigure.BLOCKED_APPENDS) + " appends blocked"));
        rows.add(row(
                "disk",
                bytes(recorder, RecorderFigure.DISK_USABLE_BYTES) + " left, stops below "
                        + bytes(recorder, RecorderFigure.DISK_RESERVE_BYTES)));
        rows.add(row(
                "heap",
                bytes(recorder, RecorderFigure.HEAP_USED_BYTES) + " of "
                        + bytes(recorder, RecorderFigure.HEAP_MAX_BYTES) + ", "
                        + bytes(recorder, RecorderFigure.ALLOCATED_BYTES) + " allocated, "
                        + count(recorder, RecorderFigure.COLLECTIONS) + " collections in "
                        + count(recorder, RecorderFigure.COLLECTION_TIME_MS) + " ms"));
        rows.add(row("open files", count(recorder, RecorderFigure.OPEN_FILES)));
        return rows;
    }

    private static String[] lane(TopReport report, EntryReading<LaneFigure> lane) {
        final long ageNs = report.lastMessageAgeNs(lane);
        return row(
                Integer.toString(lane.number()),
                word(BoardReading.laneState(lane)),
                perSecond(report.rate(lane, LaneFigure.MESSAGES)).replace("/s", ""),
                count(lane, LaneFigure.MESSAGES),
                bytes(lane, LaneFigure.BYTES),
                count(lane, LaneFigure.GAPS),
                count(lane, LaneFigure.RECONNECTS),
                count(lane, LaneFigure.TAKEOVERS),
                ageNs == EntryReading.UNKNOWN ? "never" : Quantities.time(ageNs) + " ago",
                count(lane, LaneFigure.CONNECTION_ID),
                lane.text());
    }

    private static <F extends Enum<F>> String latencies(EntryReading<F> entry, F p50, F p99, F max) {
        return "p50 " + known(entry, p50, Quantities::latency) + ", p99 " + known(entry, p99, Quantities::latency)
                + ", max " + known(entry, max, Quantities::latency);
    }

    private static <F extends Enum<F>> String count(EntryReading<F> entry, F figure) {
        return known(entry, figure, Quantities::count);
    }

    private static <F extends Enum<F>> String bytes(EntryReading<F> entry, F figure) {
        return known(entry, figure, Quantities::bytes);
    }

    private static <F extends Enum<F>> String known(EntryReading<F> entry, F figure, LongFunction<String> text) {
        return entry.has(figure) ? text.apply(entry.get(figure)) : NOT_KNOWN;
    }

    private static String perSecond(double rate) {
        return Double.isNaN(rate) ? NOT_KNOWN : Quantities.count(Math.round(rate)) + "/s";
    }

    private static String bytesPerSecond(double rate) {
        return Double.isNaN(rate) ? NOT_KNOWN : Quantities.bytes(Math.round(rate)) + "/s";
    }

    private static String word(Enum<?> state) {
        return state == null ? NOT_KNOWN : state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String[] row(String... cells) {
        return cells;
    }
}
