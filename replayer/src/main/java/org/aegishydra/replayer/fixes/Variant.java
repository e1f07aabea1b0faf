package org.aegishydra.replayer.fixes;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aegishydra.core.command.UsageException;

/**
 * The engine with a form of each fix: {@code legacy}, {@code seed} or {@code aegis} for all of them, {@code legacy+4} for
 * legacy with this project's form of fix 4, {@code aegis-4} for this project's forms without fix 4.
 *
 * @param name as the user wrote it.
 * @param forms each fix's form.
 */
public record Variant(String name, Map<LatencyFix, FixForm> forms) {
    private static final Pattern SWITCHED = Pattern.compile("(legacy\\+|aegis-)(\\d)");

    public Variant {
        forms = Collections.unmodifiableMap(new EnumMap<>(forms));
    }

    /**
     * Reads a variant's name.
     *
     * @throws UsageException if it is none, or is {@code aegis-5}, which leaves nothing to switch.
     */
    public static Variant parse(String name) {
        switch (name) {
            case "legacy" -> {
                return all(name, FixForm.BEFORE);
            }
            case "seed" -> {
                return all(name, FixForm.SEED);
            }
            case "aegis" -> {
                return all(name, FixForm.AEGIS);
            }
            default -> {
                final Matcher switched = SWITCHED.matcher(name);
                if (!switched.matches()) {
                    throw new UsageException("variant " + name
                            + ": must be legacy, seed, aegis, legacy+N or aegis-N with a fix's number");
                }
                final boolean onLegacy = switched.group(1).equals("legacy+");
                final LatencyFix fix = LatencyFix.ofNumber(switched.group(2), name);
                if (!onLegacy && !fix.isApplicableAlone()) {
                    throw new UsageException("variant " + name
                            + ": not applicable, since nothing periodic runs inline there that could be staggered;"
                            + " try legacy+" + fix.number() + ", or aegis-1, which dumps the state inline again");
                }
                final Map<LatencyFix, FixForm> forms = new EnumMap<>(
                        all(name, onLegacy ? FixForm.BEFORE : FixForm.AEGIS).forms());
                forms.put(fix, onLegacy ? FixForm.AEGIS : FixForm.BEFORE);
                return new Variant(name, forms);
            }
        }
    }

    private static Variant all(String name, FixForm form) {
        final Map<LatencyFix, FixForm> forms = new EnumMap<>(LatencyFix.class);
        for (final LatencyFix fix : LatencyFix.values()) {
            forms.put(fix, form);
        }
        return new Variant(name, forms);
    }

    /** A fix's form. */
    public FixForm form(LatencyFix fix) {
        return forms.get(fix);
    }
}
