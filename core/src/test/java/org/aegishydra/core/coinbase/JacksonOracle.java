package org.aegishydra.core.coinbase;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a message says, read from Jackson's tree with exact decimals: slow, and written from the description of the feeds
 * alone. Knows each product's scales and largest numbers, since whether a number fits depends on those. Used by one
 * thread.
 */
abstract class JacksonOracle {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern NUMBER = Pattern.compile("[0-9]++(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");
    private static final List<String> SIDES = Arrays.asList("bid", "buy", "BUY", "offer", "ask", "sell", "SELL");
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int MAX_SCALE = 18;

    /** What the oracle found: the kind, the calls, and for a malformed message why it is one. */
    record Reading(MessageKind kind, List<Call> calls, String reason) {}

    /** A message that is valid JSON and cannot be used. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String why) {
            super(why, null, false, false);
        }
    }

    /** The numbers of a product so far: the most decimals, and the largest. */
    private static final class Numbers {
        private int scale;
        private BigDecimal largest = BigDecimal.ZERO;

        private Numbers with(List<BigDecimal> more) {
            final Numbers wider = new Numbers();
            wider.scale = scale;
            wider.largest = largest;
            for (final BigDecimal number : more) {
                if (number != null) {
                    wider.scale =
                            Math.max(wider.scale, number.stripTrailingZeros().scale());
                    wider.largest = wider.largest.max(number);
                }
            }
            return wider;
        }

        private boolean fit() {
            return largest.scaleByPowerOfTen(scale).compareTo(LARGEST) <= 0;
        }
    }

    private final Map<String, Numbers> prices = new HashMap<>();
    private final Map<String, Numbers> sizes = new HashMap<>();
    private final Map<String, List<BigDecimal>> newPrices = new LinkedHashMap<>();
    private final Map<String, List<BigDecimal>> newSizes = new LinkedHashMap<>();
    protected final List<Call> calls = new ArrayList<>();
    private final List<Call> trades = new ArrayList<>();

    /** Reads a message. Returns null if it holds an exponent of more digits than Jackson reads. */
    final Reading read(String message) {
        calls.clear();
        trades.clear();
        newPrices.clear();
        newSizes.clear();
        try {
            final JsonNode root = JSON.readTree(message);
            if (!root.isObject()) {
                return new Reading(MessageKind.MALFORMED, List.of(), "no object");
            }
            final MessageKind kind = read(root);
            addTrades();
            keepNumbers();
            return new Reading(kind, calls, "");
        } catch (final Unusable e) {
            return new Reading(MessageKind.MALFORMED, List.of(), e.getMessage());
        } catch (final NumberFormatException e) {
            return null;
        } catch (final JsonProcessingException e) {
            return new Reading(MessageKind.MALFORMED, List.of(), "no JSON: " + e.getOriginalMessage());
        }
    }

    protected abstract MessageKind read(JsonNode root);

    /** Oldest first: as sent if a trade is newer than the product's trade before it, else the other way around. */
    private void addTrades() {
        final Map<String, Long> before = new HashMap<>();
        boolean ascending = false;
        for (final Call trade : trades) {
            final Long last = before.put(trade.product(), trade.id());
            ascending |= last != null && trade.id() > last;
        }
        for (int i = 0; i < trades.size(); i++) {
            calls.add(trades.get(ascending ? i : trades.size() - 1 - i));
        }
    }

    private void keepNumbers() {
        if (!fit(prices, newPrices) || !fit(sizes, newSizes)) {
            throw new Unusable("numbers that do not fit together");
        }
        newPrices.forEach((product, more) ->
                prices.compute(product, (p, known) -> orNew(known).with(more)));
        newSizes.forEach((product, more) ->
                sizes.compute(product, (p, known) -> orNew(known).with(more)));
    }

    private static Numbers orNew(Numbers numbers) {
        return numbers == null ? new Numbers() : numbers;
    }

    private static boolean fit(Map<String, Numbers> known, Map<String, List<BigDecimal>> more) {
        for (final Map.Entry<String, List<BigDecimal>> product : more.entrySet()) {
            if (!orNew(known.get(product.getKey())).with(product.getValue()).fit()) {
                return false;
            }
        }
        return true;
    }

    protected final void keepPrices(String product, BigDecimal... numbers) {
        newPrices.computeIfAbsent(product, p -> new ArrayList<>()).addAll(Arrays.asList(numbers));
    }

    protected final void keepSizes(String product, BigDecimal... numbers) {
        newSizes.computeIfAbsent(product, p -> new ArrayList<>()).addAll(Arrays.asList(numbers));
    }

    static JsonNode array(JsonNode node) {
        if (!node.isArray()) {
            throw new Unusable("no array");
        }
        return node;
    }

    static JsonNode object(JsonNode node) {
        if (!node.isObject()) {
            throw new Unusable("no object");
        }
        return node;
    }

    static String text(JsonNode node) {
        if (!node.isTextual()) {
            throw new Unusable("no text");
        }
        return node.textValue();
    }

    /** A product's name: 1 to 31 characters of printable ASCII. */
    static String product(JsonNode node) {
        final String name = text(node);
        if (!name.matches("[!-~]{1,31}")) {
            throw new Unusable("no product's name");
        }
        return name;
    }

    static Side side(JsonNode node) {
        final int at = SIDES.indexOf(text(node));
        if (at < 0) {
            throw new Unusable("no side");
        }
        return at < 3 ? Side.BID : Side.ASK;
    }

    static long time(JsonNode node) {
        return node.isTextual() ? TimestampOracle.parse(node.textValue()) : MarketDataListener.NO_TIME;
    }

    /** A decimal that a long holds with at most 18 decimals. */
    static BigDecimal number(JsonNode node) {
        final BigDecimal number;
        if (node.isTextual() && NUMBER.matcher(node.textValue()).matches()) {
            number = new BigDecimal(node.textValue());
        } else if (node.isNumber()) {
            number = node.decimalValue();
        } else {
            throw new Unusable("no number");
        }
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        final boolean inRange = number.signum() > 0 && (long) number.precision() - number.scale() <= 19;
        if (!inRange || number.compareTo(LARGEST) > 0) {
            throw new Unusable("a number below zero or too large");
        }
        final BigDecimal stripped = number.stripTrailingZeros();
        if (stripped.scale() > MAX_SCALE || stripped.unscaledValue().bitLength() > 63) {
            throw new Unusable("a number with too many digits");
        }
        return stripped;
    }

    static BigDecimal optional(JsonNode node) {
        final boolean absent = node.isMissingNode()
                || node.isNull()
                || (node.isTextual() && node.textValue().isEmpty());
        return absent ? null : number(node);
    }

    static long wholeNumber(JsonNode node) {
        final BigDecimal number = number(node);
        if (number.scale() > 0) {
            throw new Unusable("no whole number");
        }
        return number.longValueExact();
    }

    static JsonNode required(JsonNode object, String field) {
        if (!object.has(field)) {
            throw new Unusable("no " + field);
        }
        return object.get(field);
    }

    protected final void level(String product, JsonNode side, JsonNode price, JsonNode size) {
        level(product, side(side), price, size);
    }

    protected final void level(String product, Side side, JsonNode price, JsonNode size) {
        final Call level = Call.level(product, side, number(price), number(size));
        keepPrices(product, level.numbers().get(0));
        keepSizes(product, level.numbers().get(1));
        calls.add(level);
    }

    protected final void trade(JsonNode trade, boolean history) {
        final String product = product(trade.path("product_id"));
        final BigDecimal price = number(trade.path("price"));
        final BigDecimal size = number(trade.path("size"));
        keepPrices(product, price);
        keepSizes(product, size);
        trades.add(Call.trade(
                product,
                wholeNumber(trade.path("trade_id")),
                price,
                size,
                side(trade.path("side")),
                time(trade.path("time")),
                history));
    }

    protected final void ticker(JsonNode ticker, String bidSize, String askSize) {
        final String product = product(ticker.path("product_id"));
        final BigDecimal price = optional(required(ticker, "price"));
        final BigDecimal bid = optional(ticker.path("best_bid"));
        final BigDecimal ask = optional(ticker.path("best_ask"));
        final BigDecimal bidQuantity = optional(ticker.path(bidSize));
        final BigDecimal askQuantity = optional(ticker.path(askSize));
        keepPrices(product, price, bid, ask);
        keepSizes(product, bidQuantity, askQuantity);
        calls.add(Call.ticker(product, price, bid, bidQuantity, ask, askQuantity));
    }

    protected final void increments(JsonNode products) {
        for (final JsonNode node : array(products)) {
            final String product = product(object(node).path("id"));
            keepPrices(product, optional(node.path("quote_increment")));
            keepSizes(product, optional(node.path("base_increment")));
        }
    }
}
