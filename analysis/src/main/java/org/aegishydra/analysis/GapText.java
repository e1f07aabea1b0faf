package org.aegishydra.analysis;

import static org.aegishydra.analysis.ReportText.number;
import static org.aegishydra.analysis.ReportText.row;
import static org.aegishydra.analysis.ReportText.rows;
import static org.aegishydra.analysis.ReportText.table;
import static org.aegishydra.analysis.ReportText.title;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aegishydra.analysis.FirstFew.Findings;
import org.aegishydra.analysis.GapReport.Silence;

/** A gap report as tables for people. Stateless. */
final class GapText {
    private static final String RECORD = "> record";
    private static final String RECEIVED = "received";
    private static final String CONNECTION = "> connection";

    private GapText() {}

    static String of(GapReport gaps) {
        final List<String> parts = new ArrayList<>();
        parts.add(sequenceHoles(gaps));
        parts.add(findings(
                "Sequence numbers that did not grow",
                gaps.sequenceStepsBack(),
                step -> row(
                        Long.toString(step.recordSequence()),
                        step.time(),
                        Integer.toString(step.connectionId()),
                        Long.toString(step.expected()),
                        Long.toString(step.got())),
                RECORD,
                RECEIVED,
                CONNECTION,
                "> expected",
                "> got"));
        parts.add(findings(
                "Losses that the recorder noted",
                gaps.facts(),
                fact -> row(
                        Long.toString(fact.recordSequence()),
                        fact.time(),
                        Integer.toString(fact.connectionId()),
                        fact.kind(),
                        fact.detail().toString()),
                RECORD,
                RECEIVED,
                CONNECTION,
                "kind",
                "what it knew"));
        parts.add(takeovers(gaps));
        parts.add(tradeIdHoles(gaps));
        if (!gaps.forgottenTradesByProduct().isEmpty()) {
            parts.add(table(
                    "Trades forgotten in long overlaps",
                    rows(gaps.forgottenTradesByProduct(), (product, count) -> row(product, number(count))),
                    "product",
                    "> trades"));
        }
        parts.add(findings(
                "Steps back of the host's clock",
                gaps.clockStepsBack(),
                step -> row(Long.toString(step.recordSequence()), step.time(), number(step.stepNs())),
                RECORD,
                RECEIVED,
                "> by ns"));
        final Silence silence = gaps.longestSilence();
        parts.add(
                silence == null
                        ? "Longest silence: none"
                        : String.format(
                                Locale.ROOT,
                                "Longest silence: %,.6f s before record %d (%s)",
                                silence.durationNs() / 1e9,
                                silence.recordSequence(),
                                silence.time()));
        return String.join("\n\n", parts);
    }

    private static String sequenceHoles(GapReport gaps) {
        return findings(
                "Holes in sequence numbers (" + number(gaps.missingMessages()) + " messages missing)",
                gaps.sequenceHoles(),
                hole -> row(
                        Long.toString(hole.recordSequence()),
                        hole.time(),
                        Integer.toString(hole.connectionId()),
                        Long.toString(hole.expected()),
                        Long.toString(hole.got()),
                        number(hole.missing()),
                        number(hole.malformed())),
                RECORD,
                RECEIVED,
                CONNECTION,
                "> expected",
                "> got",
                "> missing",
                "> malformed there");
    }

    private static String takeovers(GapReport gaps) {
        return findings(
                "Takeovers (a connection replaced another; no gaps)",
                gaps.takeovers(),
                takeover -> row(
                        Long.toString(takeover.recordSequence()),
                        takeover.time(),
                        Integer.toString(takeover.connectionId()),
                        number(takeover.products()),
                        String.format(Locale.ROOT, "%,.6f", takeover.overlapNs() / 1e9)),
                RECORD,
                RECEIVED,
                CONNECTION,
                "> products",
                "> overlap s");
    }

    private static String tradeIdHoles(GapReport gaps) {
        return findings(
                "Holes in trade ids (for information; the exchange may skip some)",
                gaps.tradeIdHoles(),
                hole -> row(
                        Long.toString(hole.recordSequence()),
                        hole.time(),
                        hole.product(),
                        Long.toString(hole.firstMissing()),
                        Long.toString(hole.lastMissing()),
                        number(hole.missing())),
                RECORD,
                RECEIVED,
                "product",
                "> first missing",
                "> last missing",
                "> missing");
    }

    /** One finding as a row. */
    @FunctionalInterface
    private interface FindingRow<T> {
        String[] of(T finding);
    }

    private static <T> String findings(String what, Findings<T> findings, FindingRow<T> maker, String... columns) {
        final List<String[]> rows = new ArrayList<>();
        for (final T finding : findings.list()) {
            rows.add(maker.of(finding));
        }
        return table(title(what, findings), rows, columns);
    }
}
