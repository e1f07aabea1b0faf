package org.aegishydra.analysis.top;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aegishydra.core.board.BoardReading;
import org.aegishydra.core.board.EntryReading;
import org.aegishydra.core.board.LaneFigure;
import org.aegishydra.core.board.Liveness;
import org.aegishydra.core.board.RecorderFigure;
import org.aegishydra.core.board.TraderFigure;
import org.aegishydra.core.board.TraderReading;

/**
 * A board as it was read, with the rates since the reading before. Immutable.
 *
 * @param journal the journal's directory.
 * @param now the reading that is told.
 * @param before an earlier one; null if there is none.
 */
record TopReport(Path journal, BoardReading now, BoardReading before) {
    /** A rate that cannot be told. */
    static final double NO_RATE = Double.NaN;

    private static final double NS_PER_S = 1e9;

    boolean isWell() {
        return now.liveness() == Liveness.LIVE || now.liveness() == Liveness.STOPPED;
    }

    /** How much a figure of the recorder grew a second. */
    double rate(RecorderFigure figure) {
        return before == null ? NO_RATE : rate(figure, now.recorder(), before.recorder());
    }

    /** How much a figure of a lane grew a second. */
    double rate(EntryReading<LaneFigure> lane, LaneFigure figure) {
        if (before == null) {
            return NO_RATE;
        }
        return before.lanes().stream()
                .filter(earlier -> earlier.number() == lane.number())
                .findFirst()
                .map(earlier -> rate(figure, lane, earlier))
                .orElse(NO_RATE);
    }

    /** Over the time between the two publications, which is not quite that between the two readings. */
    private <F extends Enum<F>> double rate(F figure, EntryReading<F> later, EntryReading<F> earlier) {
        final EntryReading<RecorderFigure> recorder = now.recorder();
        final EntryReading<RecorderFigure> recorderBefore = before.recorder();
        final long elapsedNs =
                recorder.get(RecorderFigure.UPDATED_WALL_NS) - recorderBefore.get(RecorderFigure.UPDATED_WALL_NS);
        final boolean sameProcess =
                recorder.get(RecorderFigure.START_WALL_NS) == recorderBefore.get(RecorderFigure.START_WALL_NS);
        if (!sameProcess || elapsedNs <= 0 || !later.has(figure) || !earlier.has(figure)) {
            return NO_RATE;
        }
        return (later.get(figure) - earlier.get(figure)) * NS_PER_S / elapsedNs;
    }

    /** How long ago a lane's last message came; {@link EntryReading#UNKNOWN} if none did. */
    long lastMessageAgeNs(EntryReading<LaneFigure> lane) {
        return lane.has(LaneFigure.LAST_MESSAGE_WALL_NS)
                ? Math.max(0, now.wallTimeNs() - lane.get(LaneFigure.LAST_MESSAGE_WALL_NS))
                : EntryReading.UNKNOWN;
    }

    /** How many records the recorder has that a trader has not handled; {@link EntryReading#UNKNOWN} if that cannot be told. */
    long recordsBehind(EntryReading<TraderFigure> trader) {
        return now.recorder().has(RecorderFigure.LAST_RECORD_SEQUENCE) && trader.has(TraderFigure.LAST_RECORD_SEQUENCE)
                ? Math.max(
                        0,
                        now.recorder().get(RecorderFigure.LAST_RECORD_SEQUENCE)
                                - trader.get(TraderFigure.LAST_RECORD_SEQUENCE))
                : EntryReading.UNKNOWN;
    }

    Map<String, Object> toJson() {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("journal", journal.toString());
        report.put("liveness", word(now.liveness()));
        report.put("read_wall_ns", now.wallTimeNs());
        final Map<String, Object> recorder = figures(now.recorder());
        recorder.put("state", word(now.recorderState()));
        recorder.put("text", now.recorder().text());
        recorder.put("age_ns", now.ageNs());
        recorder.put("messages_per_s", rateOrNull(rate(RecorderFigure.MESSAGES)));
        recorder.put("bytes_per_s", rateOrNull(rate(RecorderFigure.BYTES)));
        report.put("recorder", recorder);
        final List<Map<String, Object>> lanes = new ArrayList<>();
        for (final EntryReading<LaneFigure> reading : now.lanes()) {
            final Map<String, Object> lane = new LinkedHashMap<>();
            lane.put("lane", reading.number());
            lane.put("products", reading.text());
            lane.putAll(figures(reading));
            lane.put("state", word(BoardReading.laneState(reading)));
            lane.put("last_message_age_ns", known(lastMessageAgeNs(reading)));
            lane.put("messages_per_s", rateOrNull(rate(reading, LaneFigure.MESSAGES)));
            lane.put("bytes_per_s", rateOrNull(rate(reading, LaneFigure.BYTES)));
            lanes.add(lane);
        }
        report.put("lanes", lanes);
        final List<Map<String, Object>> traders = new ArrayList<>();
        for (final TraderReading reading : now.traders()) {
            final Map<String, Object> trader = new LinkedHashMap<>();
            trader.put("run", reading.entry().text());
            trader.put("liveness", word(reading.liveness()));
            trader.putAll(figures(reading.entry()));
            trader.put("state", word(BoardReading.traderState(reading.entry())));
            trader.put("records_behind", known(recordsBehind(reading.entry())));
            trader.put("scribe_late", reading.isScribeLate());
            traders.add(trader);
        }
        report.put("traders", traders);
        return report;
    }

    private static <F extends Enum<F>> Map<String, Object> figures(EntryReading<F> entry) {
        final Map<String, Object> figures = new LinkedHashMap<>();
        entry.figures().keySet().stream()
                .sorted()
                .forEach(figure -> figures.put(word(figure), known(entry.get(figure))));
        return figures;
    }

    private static Long known(long value) {
        return value == EntryReading.UNKNOWN ? null : (Long) value;
    }

    private static Double rateOrNull(double rate) {
        return Double.isNaN(rate) ? null : (Double) rate;
    }

    private static String word(Enum<?> constant) {
        return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
    }
}
