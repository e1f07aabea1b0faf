package org.aegishydra.analysis.statistics;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.aegishydra.analysis.text.TextTable;

/** Figures of markets as tables for people: a column a journal. Stateless. */
public final class StatisticsText {
    private static final String ABSENT = "-";

    private final List<MarketFigures> markets;
    private final String[] columns;

    private StatisticsText(List<MarketFigures> markets) {
        this.markets = markets;
        columns = new String[markets.size() + 1];
        columns[0] = "";
        for (int i = 0; i < markets.size(); i++) {
            columns[i + 1] = "> "
                    + Path.of(markets.get(i).journal())
                            .toAbsolutePath()
                            .normalize()
                            .getFileName();
        }
    }

    /** The figures of one market, or of several side by side. */
    public static String of(List<MarketFigures> markets) {
        return new StatisticsText(markets).text();
    }

    private String text() {
        final List<String> parts = new ArrayList<>();
        parts.add(TextTable.of("Messages", messages(), columns));
        parts.add(TextTable.of("Bytes of a message: mean, p50, p99, max", messageBytes(), columns));
        for (final String product : names(market -> market.products().keySet())) {
            parts.add(TextTable.of(product, product(product), columns));
        }
        return String.join("\n\n", parts);
    }

    private Set<String> names(Function<MarketFigures, Set<String>> of) {
        final Set<String> names = new TreeSet<>();
        markets.forEach(market -> names.addAll(of.apply(market)));
        return names;
    }

    private <T> String[] row(String name, Function<MarketFigures, T> part, Function<T, String> shown) {
        final String[] row = new String[markets.size() + 1];
        row[0] = name;
        for (int i = 0; i < markets.size(); i++) {
            final T value = part.apply(markets.get(i));
            row[i + 1] = value == null ? ABSENT : shown.apply(value);
        }
        return row;
    }

    private List<String[]> messages() {
        final Function<MarketFigures, MarketFigures> whole = market -> market;
        final List<String[]> rows = new ArrayList<>();
        rows.add(row("seconds", whole, market -> number(market.seconds())));
        rows.add(row("messages", whole, market -> String.format(Locale.ROOT, "%,d", market.messages())));
        rows.add(row("messages a second", whole, market -> number(market.messagesPerSecond())));
        for (final String window : markets.get(0).burstRatio().keySet()) {
            rows.add(row(
                    "busiest " + window.replace('_', ' ') + " / mean rate",
                    market -> market.burstRatio().get(window),
                    StatisticsText::number));
        }
        rows.add(row(
                "ms between messages: p10, p50, p90, p99, max", MarketFigures::messageGapMs, StatisticsText::spread));
        return rows;
    }

    private List<String[]> messageBytes() {
        final List<String[]> rows = new ArrayList<>();
        for (final String channel : names(market -> market.messageBytes().keySet())) {
            rows.add(row(channel, market -> market.messageBytes().get(channel), StatisticsText::sizes));
        }
        return rows;
    }

    private List<String[]> product(String name) {
        final Function<MarketFigures, ProductFigures> product =
                market -> market.products().get(name);
        final List<String[]> rows = new ArrayList<>();
        rows.add(row("snapshot: levels", product, figures -> number((double) figures.snapshotLevels())));
        rows.add(row("snapshot: bytes", product, figures -> number((double) figures.snapshotBytes())));
        rows.add(row("updates a second", product, figures -> number(figures.updatesPerSecond())));
        rows.add(row("levels a second", product, figures -> number(figures.levelsPerSecond())));
        rows.add(row("trades a second", product, figures -> number(figures.tradesPerSecond())));
        rows.add(row("ms between updates: p10, p50, p90, p99, max", product, figures -> spread(figures.updateGapMs())));
        rows.add(row(
                "levels an update: mean",
                product,
                figures -> number(figures.levelsPerUpdate().mean())));
        rows.add(row(
                "levels an update: p10, p50, p90, p99, max", product, figures -> spread(figures.levelsPerUpdate())));
        rows.add(row("bps from the touch: p10, p50, p90, p99, max", product, figures -> spread(figures.distanceBps())));
        rows.add(row("at the touch", product, figures -> percent(figures.atTouchShare())));
        rows.add(row("inside the spread", product, figures -> percent(figures.insideSpreadShare())));
        rows.add(row("new levels", product, figures -> percent(figures.addedShare())));
        rows.add(row("changed sizes", product, figures -> percent(figures.resizedShare())));
        rows.add(row("the same size again", product, figures -> percent(figures.unchangedShare())));
        rows.add(row("removals", product, figures -> percent(figures.removedShare())));
        rows.add(row("removals of absent levels", product, figures -> percent(figures.removedAbsentShare())));
        rows.add(row("spread in ticks: p10, p50, p90, p99, max", product, figures -> spread(figures.spreadTicks())));
        rows.add(row("spread in bps: p10, p50, p90, p99, max", product, figures -> spread(figures.spreadBps())));
        rows.add(row("moves of the touch a second", product, figures -> number(figures.touchMovesPerSecond())));
        rows.add(row("range of the mid price in bps", product, figures -> number(figures.midRangeBps())));
        return rows;
    }

    private static String spread(Quantiles of) {
        return String.join(
                "  ", number(of.p10()), number(of.p50()), number(of.p90()), number(of.p99()), number(of.max()));
    }

    private static String sizes(Quantiles of) {
        return String.join("  ", number(of.mean()), number(of.p50()), number(of.p99()), number(of.max()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /** About three digits. */
    private static String number(double value) {
        final double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3g", value);
    }
}
