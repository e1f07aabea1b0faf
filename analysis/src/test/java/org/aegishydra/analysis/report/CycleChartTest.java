package org.aegishydra.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page says about spikes and periodic work. */
class CycleChartTest extends ShownPage {
    /** What the page says about one work, in the panel of one side. */
    private static String cycle(String operation, int side) {
        return (String) browser.evaluate("[...document.querySelectorAll('#run1-cycles .cycle')]"
                + ".find(each => each.querySelector('code').innerText === '" + operation + "')"
                + ".querySelectorAll('.pair > div')[" + side + "].innerText");
    }

    @Test
    void shouldNameTheWorkThatRanAndSayWherePeriodsNest() {
        open(whole, DESK, false, ALL_CHARTS);

        final JsonNode spikes = SampleVerification.withAblation().at("/variants/0/spikes");
        int dumps = 0;
        int collections = 0;
        for (final JsonNode spike : spikes) {
            dumps += spike.get("operations").toString().contains("json_dump") ? 1 : 0;
            collections += spike.get("operations").toString().contains("gc_collect") ? 1 : 0;
        }
        assertTrue(dumps > collections && collections > 0);
        final String dump = cycle("json_dump", 0);
        assertTrue(dump.contains("every 500 steps"), dump);
        assertTrue(
                dump.contains(String.format(
                        Locale.ROOT,
                        "Ran in %,d of %,d kept spikes: 0 alone, %,d together with other work",
                        dumps,
                        spikes.size(),
                        dumps)),
                dump);
        assertTrue(dump.contains("gc_collect " + collections), dump);
        assertTrue(
                dump.contains(
                        "The periods nest: in each of its steps csv_flush (every 100) and status_line (every 10) run"),
                dump);
        assertTrue(dump.contains("each step of gc_collect (every 1,000) is one of its own"), dump);
        assertTrue(dump.contains("its other steps have " + (dumps - collections) + " spikes"), dump);
        assertTrue(cycle("status_line", 0).contains("its other steps have 0 spikes"), cycle("status_line", 0));
        assertTrue(cycle("json_dump", 1).contains("does not have it; shown over every 500 steps of legacy"));

        browser.evaluate("(select => { select.value = 1; select.dispatchEvent(new Event('change')); })"
                + "(document.querySelectorAll('#run1-cycles select')[1])");

        final String staggered = cycle("json_dump", 1);
        assertTrue(staggered.contains("every 503 steps"), staggered);
        assertFalse(staggered.contains("nest"), staggered);
        final Matcher alone = Pattern.compile("Ran in ([0-9,]+) of [0-9,]+ (kept )?spikes: ([0-9,]+) alone")
                .matcher(staggered);
        assertTrue(alone.find(), staggered);
        assertEquals(alone.group(1), alone.group(3), "a prime period falls in step with nothing here");
    }

    @Test
    void shouldMarkSpikesByWhatRanInThem() {
        open(whole, DESK, false, ALL_CHARTS);

        // The status line runs whenever anything periodic does, and makes no spike itself.
        final Object marks = browser.evaluate("(option => option.series.map(each => each.name + ' '"
                + " + each.data.every(point => point.spike.operations.includes('gc_collect')) + ' '"
                + " + (each.data.length > 0)).join(', '))(echarts.getInstanceByDom("
                + "document.querySelector('#run1-cycles .cycle .drawing')).getOption())");
        assertEquals("not run false true, together true true, alone true false", marks);
        assertTrue(text("#run1-cycles").contains("Only ● speaks of this work by itself"));
    }

    @Test
    void shouldClaimNoCycleOfLinesThatAreNoSteps() {
        open(warned, DESK, false, MOST_CHARTS);

        final String log = cycle("csv_flush", 0);
        assertTrue(log.contains("The lines of each product are counted, so its steps have no place of their own"), log);
        assertFalse(log.contains("beyond chance"), log);
        assertFalse(cycle("json_dump", 0).contains("csv_flush (every 100)"));
    }

    /** The tail of the binomial distribution, term by term. */
    private static double tail(int from, int steps, double share) {
        double term = Math.pow(1 - share, steps);
        double sum = 0;
        for (int held = 0; held <= steps; held++) {
            sum += held >= from ? term : 0;
            term *= (steps - held) / (held + 1.0) * share / (1 - share);
        }
        return sum;
    }

    @Test
    void shouldHoldTheFullestPlaceAgainstTheFullestByChance() {
        open(whole, DESK, false, ALL_CHARTS);

        final Matcher words = Pattern.compile("Place 0 holds ([0-9]+) of ([0-9]+) slow steps; ([0-9]+) would be beyond")
                .matcher(cycle("json_dump", 0));
        assertTrue(words.find(), cycle("json_dump", 0));
        final int steps = Integer.parseInt(words.group(2));
        final int beyond = Integer.parseInt(words.group(3));
        assertTrue(Integer.parseInt(words.group(1)) >= beyond);
        assertTrue(500 * tail(beyond, steps, 1 / 500.0) <= 0.01);
        assertTrue(500 * tail(beyond - 1, steps, 1 / 500.0) > 0.01);
        assertTrue(cycle("gc_collect", 1).contains("No place stands out"), cycle("gc_collect", 1));
    }
}
