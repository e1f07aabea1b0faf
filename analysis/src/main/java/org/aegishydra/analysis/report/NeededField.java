package org.aegishydra.analysis.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.List;
import java.util.Set;

/**
 * A field without which a verification cannot be drawn.
 *
 * @param path of names, with {@code []} behind the name of a list of which each element needs the rest.
 * @param type that it must have.
 */
record NeededField(String path, JsonNodeType type) {
    private static final List<NeededField> ALL = List.of(
            text("command"),
            text("started"),
            number("seconds"),
            object("machine"),
            object("range"),
            text("strategy"),
            text("pace"),
            text("measures"),
            number("rounds"),
            number("spike_threshold_ms"),
            number("alpha"),
            text("reference"),
            list("variants"),
            text("variants[].name"),
            new NeededField("variants[].equal", JsonNodeType.BOOLEAN),
            text("variants[].digest"),
            number("variants[].decisions"),
            number("variants[].steps"),
            object("variants[].metrics"),
            number("variants[].spike_count"),
            list("variants[].stages"),
            text("variants[].stages[].name"),
            number("variants[].stages[].count"),
            number("variants[].stages[].mean_ns"),
            list("variants[].percentiles"),
            object("variants[].timeline"),
            number("variants[].timeline.steps_per_bucket"),
            list("variants[].timeline.max_ns"),
            list("variants[].timeline.mean_ns"),
            list("variants[].spikes"),
            number("variants[].spikes[].step"),
            number("variants[].spikes[].total_ns"),
            object("variants[].causes"),
            list("variants[].memory"),
            number("variants[].memory[].at_seconds"),
            list("comparisons"),
            text("comparisons[].variant"),
            text("comparisons[].against"),
            text("comparisons[].metric"),
            number("comparisons[].ratio"),
            number("comparisons[].low"),
            number("comparisons[].high"),
            text("comparisons[].verdict"),
            number("ablation[].fix"),
            text("ablation[].title"),
            text("ablation[].claim"),
            list("ablation[].from_legacy"),
            list("ablation[].from_aegis"));

    /** How Jackson writes what JSON has no number for. */
    private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    private static NeededField text(String path) {
        return new NeededField(path, JsonNodeType.STRING);
    }

    private static NeededField number(String path) {
        return new NeededField(path, JsonNodeType.NUMBER);
    }

    private static NeededField object(String path) {
        return new NeededField(path, JsonNodeType.OBJECT);
    }

    private static NeededField list(String path) {
        return new NeededField(path, JsonNodeType.ARRAY);
    }

    /** The first field that is not there or has another type, with its place and the type; null if none is missing. */
    static String firstMissing(JsonNode content) {
        for (final NeededField field : ALL) {
            final String missing = missing(content, field.path, "", field.type);
            if (missing != null) {
                return missing + " (" + field.type.name().toLowerCase(java.util.Locale.ROOT) + ")";
            }
        }
        if (content.get("variants").isEmpty()) {
            return "variants (one at least)";
        }
        return null;
    }

    private static String missing(JsonNode node, String path, String place, JsonNodeType type) {
        final int dot = path.indexOf('.');
        final String first = dot < 0 ? path : path.substring(0, dot);
        final boolean each = first.endsWith("[]");
        final String name = each ? first.substring(0, first.length() - 2) : first;
        final JsonNode value = node.path(name);
        if (dot < 0) {
            return is(value, type) ? null : place + name;
        }
        final String rest = path.substring(dot + 1);
        if (!each) {
            return missing(value, rest, place + name + ".", type);
        }
        int index = 0;
        for (final JsonNode element : value) {
            final String missing = missing(element, rest, place + name + "[" + index + "].", type);
            if (missing != null) {
                return missing;
            }
            index++;
        }
        return null;
    }

    private static boolean is(JsonNode value, JsonNodeType type) {
        return value.getNodeType() == type
                || (type == JsonNodeType.NUMBER && value.isTextual() && NO_NUMBERS.contains(value.textValue()));
    }
}
