package org.aegishydra.core.book;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.aegishydra.core.journal.RecordKind;

/**
 * One exchange's stream of book changes and trades, and connections that carry it at their own pace: what a recorder
 * would have written, record by record, and told to a {@link TakeoverOracle}. Each book's lowest bid is the stream's own
 * version number; a trade's size is its id.
 */
public final class OverlappingFeeds {
    public static final List<String> PRODUCTS = List.of("A-B", "C-D", "E-F");

    private static final int MOST_CONNECTIONS = 3;
    private static final int HISTORY_TRADES = 4;

    /** Where the records go. */
    public interface Reader {
        void message(boolean exchange, int connection, String text);

        void fact(RecordKind kind, int connection, Map<String, ?> fields);
    }

    /** A change of the exchange's: levels as {@code "bid 100 2"}, or a trade if there are none. */
    private record Event(String product, List<String> levels, long tradeId) {}

    /** A connection, the messages that it is about to begin with, and where it is in the stream. */
    private static final class Line {
        private final int id;
        private final int start;
        private final ArrayDeque<Runnable> first = new ArrayDeque<>();
        private int position;
        private long sequence;

        private Line(int id, int position) {
            this.id = id;
            this.start = position;
            this.position = position;
        }
    }

    final TakeoverOracle oracle = new TakeoverOracle();
    private final SplittableRandom random;
    private final Reader reader;
    private final boolean exchange;

    /** Nothing is lost, and a connection takes over when it is not behind. */
    private final boolean smooth;

    private final List<Event> stream = new ArrayList<>();
    private final Map<String, Long> versions = new TreeMap<>();
    private final Map<String, Long> tradeIds = new TreeMap<>();
    private final List<Line> lines = new ArrayList<>();
    private int lastId;

    public OverlappingFeeds(SplittableRandom random, boolean exchange, boolean smooth, Reader reader) {
        this.random = random;
        this.exchange = exchange;
        this.smooth = smooth;
        this.reader = reader;
        for (int i = 0; i < 30; i++) {
            happen();
        }
        connect();
    }

    private void happen() {
        final String product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
        if (random.nextInt(3) == 0) {
            stream.add(new Event(product, List.of(), tradeIds.merge(product, 1L, Long::sum)));
            return;
        }
        final List<String> levels = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            final boolean bid = random.nextBoolean();
            final int price = (bid ? 90 : 100) + random.nextInt(10);
            levels.add(
                    (bid ? "bid " : "offer ") + price + (random.nextInt(200) == 0 ? ".125 " : " ") + random.nextInt(4));
        }
        levels.add("bid 1 " + versions.merge(product, 1L, Long::sum));
        stream.add(new Event(product, levels, 0));
    }

    /** The next thing that happens. */
    public void step() {
        final int what = random.nextInt(1000);
        final Line line = lines.isEmpty() ? null : lines.get(random.nextInt(lines.size()));
        if (what < 300) {
            happen();
        } else if (line == null || (what < 315 && lines.size() < MOST_CONNECTIONS)) {
            connect();
        } else if (what < 335) {
            takeover(line);
        } else if (what < 345) {
            disconnect(line);
        } else if (what < 365 && !smooth) {
            lose(line);
        } else {
            deliver(line);
        }
    }

    private void connect() {
        final Line line = new Line(++lastId, stream.size() - random.nextInt(6));
        lines.add(line);
        fact(RecordKind.CONNECTED, line.id, Map.of("url", "wss://test"));
        oracle.connected(line.id);
        final List<Runnable> first = new ArrayList<>();
        for (final String product : PRODUCTS) {
            first.add(() -> snapshot(line, product, line.start));
            first.add(() -> history(line, product));
        }
        Collections.shuffle(first, new java.util.Random(random.nextLong()));
        line.first.addAll(first);
    }

    private void deliver(Line line) {
        if (!line.first.isEmpty()) {
            line.first.poll().run();
        } else if (line.position < stream.size()) {
            final Event event = stream.get(line.position++);
            if (event.levels.isEmpty()) {
                trades(line, event.product, false, List.of(event.tradeId));
            } else {
                book(line, event.product, false, event.levels);
            }
        }
    }

    private void snapshot(Line line, String product, int position) {
        final Map<String, String> levels = new TreeMap<>();
        for (final Event event : stream.subList(0, position)) {
            if (event.product.equals(product)) {
                for (final String level : event.levels) {
                    final int end = level.lastIndexOf(' ');
                    levels.put(level.substring(0, end), level.substring(end + 1));
                }
            }
        }
        levels.values().removeIf("0"::equals);
        final List<String> whole = new ArrayList<>();
        levels.forEach((level, size) -> whole.add(level + " " + size));
        book(line, product, true, whole);
    }

    private void history(Line line, String product) {
        final List<Long> ids = new ArrayList<>();
        for (final Event event : stream.subList(0, line.start)) {
            if (event.product.equals(product) && event.levels.isEmpty()) {
                ids.add(event.tradeId);
            }
        }
        final int most = exchange ? 1 : HISTORY_TRADES;
        trades(line, product, true, ids.subList(Math.max(0, ids.size() - most), ids.size()));
    }

    private void book(Line line, String product, boolean snapshot, List<String> levels) {
        number(line);
        if (snapshot) {
            oracle.snapshot(line.id, product);
        }
        for (final String level : levels) {
            final String[] parts = level.split(" ", -1);
            oracle.level(line.id, product, parts[0].equals("bid"), parts[1], parts[2]);
        }
        final String type = snapshot ? "snapshot" : "update";
        final String text = exchange
                ? ExchangeText.book(snapshot, product, levels)
                : MarketFeed.envelope(
                        line.sequence++, "l2_data", MarketFeed.bookEvent(type, product, levels.toArray(String[]::new)));
        reader.message(exchange, line.id, text);
    }

    /** Trades, the oldest first. */
    private void trades(Line line, String product, boolean history, List<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        number(line);
        for (final long id : ids) {
            oracle.trade(line.id, product, id, history);
        }
        final String text;
        if (exchange) {
            text = ExchangeText.match(history, product, ids.get(0));
        } else {
            final List<String> newestFirst = new ArrayList<>();
            ids.forEach(id -> newestFirst.add(0, product + " " + id + " 100 " + id + " BUY"));
            text = MarketFeed.envelope(
                    line.sequence++,
                    "market_trades",
                    MarketFeed.tradeEvent(history ? "snapshot" : "update", newestFirst.toArray(String[]::new)));
        }
        reader.message(exchange, line.id, text);
    }

    private void number(Line line) {
        if (!exchange) {
            oracle.sequence(line.id, line.sequence);
        }
    }

    private void takeover(Line line) {
        final List<String> taken = new ArrayList<>();
        for (final String product : PRODUCTS) {
            if (random.nextInt(3) > 0 && (!smooth || isAhead(line, product))) {
                taken.add(product);
            }
        }
        if (!taken.isEmpty()) {
            oracle.takeover(line.id, taken);
            fact(RecordKind.TAKEOVER, line.id, Map.of("products", taken, "from_record", 1));
        }
    }

    /** Whether a connection has a shadow that is not behind, and the old one has brought what is the new one's history. */
    private boolean isAhead(Line line, String product) {
        final int owner = oracle.owner(product);
        return line.first.isEmpty()
                && oracle.shadow(product) == line.id
                && lines.stream()
                        .filter(other -> other.id == owner)
                        .anyMatch(old -> old.position <= line.position && old.position >= line.start);
    }

    private void disconnect(Line line) {
        if (smooth && PRODUCTS.stream().anyMatch(product -> oracle.owner(product) == line.id)) {
            return;
        }
        lines.remove(line);
        oracle.disconnected(line.id);
        fact(RecordKind.DISCONNECTED, line.id, Map.of("code", 1006));
    }

    private void lose(Line line) {
        final String product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
        switch (random.nextInt(6)) {
            case 0 -> {
                oracle.lost(line.id, product);
                fact(RecordKind.GAP, line.id, Map.of("product", product));
            }
            case 1 -> {
                oracle.lost(line.id, null);
                fact(random.nextBoolean() ? RecordKind.OVERSIZED : RecordKind.INVALID_TEXT, line.id, Map.of());
            }
            case 2 -> snapshot(line, product, line.position);
            case 3 -> skip(line);
            case 4 -> spoil(line, product);
            default -> {
                if (random.nextInt(5) == 0) {
                    lines.clear();
                    oracle.recorderStarted();
                    fact(RecordKind.RECORDER_STARTED, 0, Map.of("version", "test"));
                }
            }
        }
    }

    /** A message that no record tells: a hole in the numbers, or what a recorder notes where there are none. */
    private void skip(Line line) {
        if (!line.first.isEmpty() || line.position == stream.size()) {
            return;
        }
        final Event event = stream.get(line.position++);
        if (exchange) {
            oracle.lost(line.id, event.product);
            fact(RecordKind.GAP, line.id, Map.of("product", event.product));
        } else {
            line.sequence++;
        }
    }

    private void spoil(Line line, String product) {
        number(line);
        oracle.spoiled(line.id, product);
        final String text = exchange
                ? ExchangeText.book(false, product, List.of("bid 90 0.-1"))
                : MarketFeed.envelope(
                        line.sequence++, "l2_data", MarketFeed.bookEvent("update", product, "bid 90 0.-1"));
        reader.message(exchange, line.id, text);
    }

    private void fact(RecordKind kind, int connection, Map<String, ?> fields) {
        reader.fact(kind, connection, fields);
    }
}
