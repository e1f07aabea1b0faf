package org.aegishydra.analysis.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A field of a verification that the page reads: all that it reads are here.
 *
 * @param path of names, with {@code []} behind the name of a list of which each element has the rest, and <code>{}</code> behind
 *     that of an object of which each value does, whatever its name.
 * @param type that it must have; null if any.
 * @param sections of the page that say so if it is missing, and draw what they can; it may be null then, which says that it is
 *     not known. Empty if there is no page without it.
 */
record NeededField(String path, JsonNodeType type, List<String> sections) {
    private static final List<NeededField> ALL = Stream.of(
                    conditions(), variants(), latencies(), spikes(), comparisons("comparisons[]"), ablation())
            .flatMap(List::stream)
            .toList();

    /** How Jackson writes what JSON has no number for. */
    private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    private static List<NeededField> conditions() {
        return List.of(
                text("command"),
                text("started"),
                number("seconds"),
                object("machine"),
                anything("machine{}"),
                object("range"),
                number("range.first_record"),
                number("range.last_record"),
                number("range.records"),
                number("range.seconds"),
                text("strategy"),
                text("pace"),
                text("measures"),
                number("rounds"),
                number("spike_threshold_ms"),
                number("alpha"),
                text("reference"),
                list("warnings", "verdict"),
                object("noise", "percentiles"),
                list("noise.percentiles", "percentiles"),
                object("periods", "cycles", "conditions"),
                number("periods.log_lines", "cycles", "conditions"),
                number("periods.seed_log_lines", "cycles", "conditions"),
                number("periods.dump_steps", "cycles", "conditions"),
                number("periods.seed_dump_steps", "cycles", "conditions"),
                number("periods.collect_steps", "cycles", "conditions"),
                number("periods.status_steps", "cycles", "conditions"),
                number("periods.seed_status_steps", "cycles", "conditions"),
                number("periods.cleanup_updates", "conditions"),
                text("version", "conditions"),
                text("journal", "conditions"),
                object("settings", "conditions"),
                anything("settings{}"),
                list("flags", "conditions"),
                number("busy_share", "conditions"),
                number("trial_seconds", "conditions"));
    }

    private static List<NeededField> variants() {
        final List<NeededField> fields = new ArrayList<>(List.of(
                list("variants"),
                object("variants[]"),
                text("variants[].name"),
                new NeededField("variants[].equal", JsonNodeType.BOOLEAN, List.of()),
                text("variants[].digest"),
                number("variants[].decisions"),
                number("variants[].steps"),
                text("variants[].first_difference", "outputs"),
                object("variants[].forms", "outputs", "cycles"),
                text("variants[].forms{}"),
                object("variants[].metrics")));
        for (final String metric : List.of("mean", "p50", "p95", "p99", "p999", "max", "spikes_per_100k")) {
            final String path = "variants[].metrics." + metric;
            fields.add(object(path, "verdict"));
            fields.add(number(path + ".median"));
            fields.add(number(path + ".lowest"));
            fields.add(number(path + ".highest"));
        }
        return fields;
    }

    private static List<NeededField> latencies() {
        return List.of(
                list("variants[].percentiles"),
                object("variants[].timeline"),
                number("variants[].timeline.first_step", "timeline"),
                number("variants[].timeline.steps_per_bucket"),
                list("variants[].timeline.max_ns"),
                list("variants[].timeline.mean_ns"),
                list("variants[].stages"),
                object("variants[].stages[]"),
                text("variants[].stages[].name"),
                number("variants[].stages[].count"),
                number("variants[].stages[].mean_ns"),
                number("variants[].stages[].p99_ns", "stages"),
                number("variants[].stages[].max_ns", "stages"),
                list("variants[].memory"),
                object("variants[].memory[]"),
                number("variants[].memory[].at_seconds"),
                number("variants[].memory[].heap_bytes", "memory"),
                number("variants[].memory[].resident_bytes", "memory"),
                number("variants[].memory[].backlog_records", "memory"));
    }

    private static List<NeededField> spikes() {
        return List.of(
                number("variants[].spike_count"),
                object("variants[].causes"),
                number("variants[].causes{}"),
                list("variants[].spikes"),
                object("variants[].spikes[]"),
                number("variants[].spikes[].step"),
                number("variants[].spikes[].total_ns"),
                number("variants[].spikes[].late_ns", "timeline"),
                number("variants[].spikes[].decode_ns", "timeline"),
                number("variants[].spikes[].book_ns", "timeline"),
                number("variants[].spikes[].engine_ns", "timeline"),
                number("variants[].spikes[].order_ns", "timeline"),
                number("variants[].spikes[].follow_ns", "timeline"),
                list("variants[].spikes[].operations", "timeline", "cycles"),
                text("variants[].spikes[].cause", "timeline"),
                number("variants[].spikes[].record", "timeline"),
                number("variants[].spikes[].round", "timeline"),
                number("variants[].spikes[].at_seconds", "timeline"));
    }

    /** Of what is compared, wherever it is told. */
    private static List<NeededField> comparisons(String each) {
        final String section = each.startsWith("ablation") ? "ablation" : "verdict";
        return List.of(
                list(each.substring(0, each.length() - 2)),
                object(each),
                text(each + ".variant"),
                text(each + ".against"),
                text(each + ".metric"),
                number(each + ".ratio"),
                number(each + ".low"),
                number(each + ".high"),
                text(each + ".verdict"),
                number(each + ".p_value", section),
                number(each + ".adjusted_p_value", section),
                number(each + ".sign_flip_p_value", section),
                number(each + ".smallest_effect", section),
                number(each + ".rounds_needed", section));
    }

    private static List<NeededField> ablation() {
        final List<NeededField> fields = new ArrayList<>(List.of(
                list("ablation", "ablation"),
                object("ablation[]"),
                number("ablation[].fix"),
                text("ablation[].title"),
                text("ablation[].claim")));
        fields.addAll(comparisons("ablation[].from_legacy[]"));
        fields.addAll(comparisons("ablation[].from_aegis[]"));
        return fields;
    }

    private static NeededField anything(String path) {
        return new NeededField(path, null, List.of());
    }

    private static NeededField text(String path, String... sections) {
        return new NeededField(path, JsonNodeType.STRING, List.of(sections));
    }

    private static NeededField number(String path, String... sections) {
        return new NeededField(path, JsonNodeType.NUMBER, List.of(sections));
    }

    private static NeededField object(String path, String... sections) {
        return new NeededField(path, JsonNodeType.OBJECT, List.of(sections));
    }

    private static NeededField list(String path, String... sections) {
        return new NeededField(path, JsonNodeType.ARRAY, List.of(sections));
    }

    /** The paths of all fields. */
    static List<String> paths() {
        return ALL.stream().map(NeededField::path).toList();
    }

    /** The paths of those without which there is a page all the same. */
    static List<String> dispensablePaths() {
        return ALL.stream()
                .filter(field -> !field.sections.isEmpty())
                .map(NeededField::path)
                .toList();
    }

    /**
     * The first field that is not as it must be, with its place and the type: one that the page cannot do without is missing, or
     * any has another type. Null if there is none.
     */
    static String firstUnusable(JsonNode content) {
        for (final NeededField field : ALL) {
            final String place = first(content, field.path, "", value -> !field.isUsable(value));
            if (place != null) {
                return place + " (" + field.type.name().toLowerCase(Locale.ROOT) + ")";
            }
        }
        if (content.get("variants").isEmpty()) {
            return "variants (one at least)";
        }
        return null;
    }

    /** The fields that are missing and without which there is a page all the same: their paths, by the section that lacks them. */
    static Map<String, List<String>> missingBySection(JsonNode content) {
        final Map<String, List<String>> missing = new TreeMap<>();
        for (final NeededField field : ALL) {
            if (!field.sections.isEmpty() && first(content, field.path, "", JsonNode::isMissingNode) != null) {
                field.sections.forEach(section -> missing.computeIfAbsent(section, name -> new ArrayList<>())
                        .add(field.path));
            }
        }
        return missing;
    }

    private boolean isUsable(JsonNode value) {
        return type == null
                || value.getNodeType() == type
                || (!sections.isEmpty() && (value.isMissingNode() || value.isNull()))
                || (type == JsonNodeType.NUMBER && value.isTextual() && NO_NUMBERS.contains(value.textValue()));
    }

    /** The place of the first value below a node that is at the end of a path and is sought; null if there is none. */
    private static String first(JsonNode node, String path, String place, Predicate<JsonNode> sought) {
        final int dot = path.indexOf('.');
        final String name = dot < 0 ? path : path.substring(0, dot);
        final String rest = dot < 0 ? null : path.substring(dot + 1);
        if (name.endsWith("[]") || name.endsWith("{}")) {
            final String container = name.substring(0, name.length() - 2);
            return firstOfEach(node.path(container), rest, place + container, sought);
        }
        return firstIn(node.path(name), rest, place + name, sought);
    }

    private static String firstOfEach(JsonNode container, String rest, String place, Predicate<JsonNode> sought) {
        final Iterator<String> names = container.fieldNames();
        int index = 0;
        for (final JsonNode element : container) {
            final String each = place + (names.hasNext() ? "." + names.next() : "[" + index + "]");
            final String found = firstIn(element, rest, each, sought);
            if (found != null) {
                return found;
            }
            index++;
        }
        return null;
    }

    private static String firstIn(JsonNode value, String rest, String place, Predicate<JsonNode> sought) {
        if (rest == null) {
            return sought.test(value) ? place : null;
        }
        // That the object itself is missing is said by a field of its own.
        return value.isObject() ? first(value, rest, place + ".", sought) : null;
    }
}
