package org.aegishydra.replayer.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.replayer.RangeOptions;
import org.aegishydra.replayer.ReplayRange;
import org.aegishydra.replayer.fixes.FixPeriods;
import org.aegishydra.replayer.fixes.LatencyFix;
import org.aegishydra.replayer.fixes.Variant;
import org.aegishydra.trader.TradingSettings;
import picocli.CommandLine.Option;

/** What a verification compares. */
final class ContenderOptions {
    private static final String OURS = "aegis";
    private static final String FIRST = "legacy";

    @Option(
            names = "--before",
            paramLabel = "VARIANT",
            description = "What is compared with (default: legacy; aegis with two builds).")
    private String before;

    @Option(
            names = "--after",
            split = ",",
            paramLabel = "VARIANT",
            description = "What is compared, one or more (default: aegis).")
    private List<String> after;

    @Option(
            names = "--ablate",
            description = "Each fix by itself, from both ends: compares legacy+N with legacy, and aegis-N with aegis.")
    private boolean ablate;

    @Option(
            names = "--before-classpath",
            paramLabel = "PATH",
            description =
                    "Another build to run what is compared with: its class path, as `aegis classpath replayer` prints it.")
    private String beforeClassPath;

    @Option(names = "--after-classpath", paramLabel = "PATH", description = "The same for what is compared.")
    private String afterClassPath;

    @Option(
            names = "--period",
            paramLabel = "NAME=N",
            description =
                    "How often legacy and seed do their periodic work: log-lines, dump-steps, collect-steps, status-steps, and "
                            + "seed-log-lines, seed-dump-steps, seed-status-steps, cleanup-updates.")
    private Map<String, Integer> periods = new LinkedHashMap<>();

    boolean isAblation() {
        return ablate;
    }

    /**
     * What the options ask.
     *
     * @param one whether there is one contender only, held against a baseline.
     */
    Question question(RangeOptions recording, TradingSettings settings, boolean one) {
        final ReplayRange range = recording.range();
        return Question.of(
                one ? List.of(ours()) : contenders(),
                recording.journalPath().toAbsolutePath().normalize().toString(),
                range.firstSequence(),
                range.lastSequence(),
                settings,
                FixPeriods.DEFAULT.with(periods));
    }

    private Question.Contender ours() {
        if (before != null || ablate || beforeClassPath != null || (after != null && after.size() > 1)) {
            throw new UsageException(
                    "--baseline looks at one variant: give it by --after, and leave out --before and --ablate");
        }
        final String variant = after == null ? OURS : after.get(0);
        return Question.Contender.of(Variant.parse(variant).name(), variant, afterClassPath(), null);
    }

    private List<Question.Contender> contenders() {
        if (beforeClassPath != null || afterClassPath != null) {
            return builds();
        }
        final Set<String> names = new LinkedHashSet<>();
        if (ablate) {
            if (before != null || after != null) {
                throw new UsageException("--ablate names its variants itself: leave out --before and --after");
            }
            names.addAll(List.of(FIRST, "seed", OURS));
            for (final LatencyFix fix : LatencyFix.values()) {
                names.add(FIRST + "+" + fix.number());
                if (fix.isApplicableAlone()) {
                    names.add(OURS + "-" + fix.number());
                }
            }
        } else {
            names.add(before == null ? FIRST : before);
            names.addAll(after == null ? List.of(OURS) : after);
            if (names.size() != 1 + (after == null ? 1 : after.size())) {
                throw new UsageException("--before and --after name a variant twice: each can be compared once");
            }
        }
        return names.stream()
                .map(name -> Question.Contender.of(Variant.parse(name).name(), name, Build.ownClassPath(), null))
                .toList();
    }

    private List<Question.Contender> builds() {
        if (ablate || (after != null && after.size() > 1)) {
            throw new UsageException(
                    "two builds are compared in one variant: leave out --ablate, and give --after once");
        }
        final List<Question.Contender> builds = new ArrayList<>();
        final String first = Variant.parse(before == null ? OURS : before).name();
        final String second = Variant.parse(after == null ? OURS : after.get(0)).name();
        final String beforePath =
                beforeClassPath == null ? Build.ownClassPath() : Build.existing("--before-classpath", beforeClassPath);
        builds.add(Question.Contender.of("before", first, beforePath, null));
        builds.add(Question.Contender.of("after", second, afterClassPath(), null));
        return builds;
    }

    private String afterClassPath() {
        return afterClassPath == null ? Build.ownClassPath() : Build.existing("--after-classpath", afterClassPath);
    }
}
