package org.aegishydra.core.book;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which connection's messages make a product's book and trades, as one writes it first: every connection's own book is
 * kept, in sorted maps of exact decimals, and the rule decides whose is shown. Slow and evidently right.
 */
final class TakeoverOracle {
    /** No connection. */
    static final int NONE = 0;

    private final Map<String, Rule> products = new TreeMap<>();
    private final Map<Integer, Long> lastSequence = new HashMap<>();

    /** How often the shadow became the book because the authoritative connection was gone. */
    int promotions;

    int takeoversWithShadow;
    int takeoversWithoutShadow;
    int releasedTrades;

    /** A trade that has not counted yet: whether it is new to nobody, and who brought it last. */
    private record Waiting(boolean history, int connection) {}

    /** One product. */
    private final class Rule {
        private final Map<Integer, TreeMap<BigDecimal, BigDecimal>> bids = new HashMap<>();
        private final Map<Integer, TreeMap<BigDecimal, BigDecimal>> asks = new HashMap<>();
        private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
        private final List<Long> counted = new ArrayList<>();
        private int owner = NONE;
        private boolean live;
        private int shadow = NONE;
        private long lastTrade = Long.MIN_VALUE;

        private void count(long id, boolean history) {
            if (id > lastTrade) {
                lastTrade = id;
                if (!history) {
                    counted.add(id);
                }
            }
        }

        private void release(long upToId) {
            while (!waiting.isEmpty() && waiting.firstKey() <= upToId) {
                final int before = counted.size();
                final Map.Entry<Long, Waiting> first = waiting.pollFirstEntry();
                count(first.getKey(), first.getValue().history);
                releasedTrades += counted.size() - before;
            }
        }

        private void releaseTradesOf(int connection) {
            final List<Long> ids = new ArrayList<>(waiting.keySet());
            ids.removeIf(id -> waiting.get(id).connection != connection);
            if (!ids.isEmpty()) {
                release(ids.get(ids.size() - 1));
            }
        }

        private void lost(int connection) {
            if (owner == connection) {
                live = false;
            }
            if (shadow == connection) {
                shadow = NONE;
            }
        }

        private void promote() {
            owner = shadow;
            live = true;
            shadow = NONE;
        }
    }

    private Rule rule(String product) {
        return products.computeIfAbsent(product, name -> new Rule());
    }

    void sequence(int connection, long number) {
        final Long last = lastSequence.put(connection, number);
        if (last != null && number != last + 1) {
            lost(connection, null);
        }
    }

    void connected(int connection) {
        lastSequence.remove(connection);
    }

    void snapshot(int connection, String product) {
        final Rule rule = rule(product);
        rule.bids.put(connection, new TreeMap<>(Comparator.reverseOrder()));
        rule.asks.put(connection, new TreeMap<>());
        if (rule.owner == NONE || rule.owner == connection) {
            rule.owner = connection;
            rule.live = true;
        } else {
            rule.shadow = connection;
        }
    }

    void level(int connection, String product, boolean bid, String price, String size) {
        final TreeMap<BigDecimal, BigDecimal> side = (bid ? rule(product).bids : rule(product).asks).get(connection);
        if (side == null) {
            return;
        }
        final BigDecimal key = new BigDecimal(price).stripTrailingZeros();
        if (new BigDecimal(size).signum() == 0) {
            side.remove(key);
        } else {
            side.put(key, new BigDecimal(size).stripTrailingZeros());
        }
    }

    void trade(int connection, String product, long id, boolean history) {
        final Rule rule = rule(product);
        if (rule.owner == NONE || rule.owner == connection) {
            rule.release(history ? id : id - 1);
            rule.count(id, history);
        } else if (id > rule.lastTrade) {
            rule.waiting.merge(
                    id,
                    new Waiting(history, connection),
                    (known, again) -> new Waiting(known.history && history, connection));
        }
    }

    /** Something of a connection was missed, of one product or, for null, of all. */
    void lost(int connection, String product) {
        products.forEach((name, rule) -> {
            if (product == null || name.equals(product)) {
                rule.lost(connection);
            }
        });
    }

    void disconnected(int connection) {
        for (final Rule rule : products.values()) {
            if (rule.shadow == connection) {
                rule.shadow = NONE;
            }
            if (rule.owner == connection) {
                rule.owner = NONE;
                rule.live = false;
                if (rule.shadow == NONE) {
                    rule.release(Long.MAX_VALUE);
                } else {
                    promotions++;
                    rule.promote();
                    rule.releaseTradesOf(rule.owner);
                }
            }
        }
    }

    void recorderStarted() {
        lastSequence.clear();
        for (final Rule rule : products.values()) {
            rule.shadow = NONE;
            rule.owner = NONE;
            rule.live = false;
            rule.release(Long.MAX_VALUE);
        }
    }

    void takeover(int connection, List<String> names) {
        for (final String name : names) {
            final Rule rule = products.get(name);
            if (rule == null || rule.owner == connection) {
                continue;
            }
            if (rule.shadow == connection) {
                takeoversWithShadow++;
                rule.promote();
            } else {
                takeoversWithoutShadow++;
                rule.owner = connection;
                rule.live = false;
            }
            rule.releaseTradesOf(connection);
        }
    }

    /** A message that cannot be used, about a product's book. */
    void spoiled(int connection, String product) {
        rule(product).lost(connection);
    }

    int owner(String product) {
        return products.containsKey(product) ? rule(product).owner : NONE;
    }

    int shadow(String product) {
        return products.containsKey(product) ? rule(product).shadow : NONE;
    }

    boolean isLive(String product) {
        return rule(product).live;
    }

    /** The ids of the trades that counted, in order. */
    List<Long> counted(String product) {
        return rule(product).counted;
    }

    /** The canonical text of a live book. */
    String text(String product) {
        final Rule rule = rule(product);
        final StringBuilder text = new StringBuilder();
        rule.bids.get(rule.owner).forEach((price, size) -> append(text, "bid ", price, size));
        rule.asks.get(rule.owner).forEach((price, size) -> append(text, "ask ", price, size));
        return text.toString();
    }

    private static void append(StringBuilder text, String side, BigDecimal price, BigDecimal size) {
        text.append(side)
                .append(price.toPlainString())
                .append(' ')
                .append(size.toPlainString())
                .append('\n');
    }
}
