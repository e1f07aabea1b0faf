package org.aegishydra.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page as a browser shows it. */
class ReportPageTest extends ShownPage {
    @Test
    void shouldDrawEveryChart() throws IOException {
        open(whole, DESK, false, ALL_CHARTS);
        keep("light");

        assertTrue(text(".cards").contains("p99 improved: 0.0"), text(".cards"));
        assertEquals(0L, browser.evaluate("document.querySelectorAll('.absent').length"));
        assertTrue(text("#run1-stages").contains("in 2% of steps"), text("#run1-stages"));
        assertEquals(
                0.08 * 310_000,
                ((Number) browser.evaluate("echarts.getInstanceByDom(document.querySelector('#run1-stages .drawing'))"
                                + ".getOption().series[3].data[0]"))
                        .doubleValue(),
                1,
                "orders that 2% of the steps have, spread over all");
        assertEquals(8L, browser.evaluate("document.querySelectorAll('#run1-ablation tbody tr').length"));
    }

    @Test
    void shouldDrawInTheDark() throws IOException {
        open(whole, DESK, true, ALL_CHARTS);
        keep("dark");
    }

    @Test
    void shouldFitAPhone() throws IOException {
        open(whole, PHONE, false, ALL_CHARTS);
        keep("phone");
        open(parted, PHONE, true, 3);
    }

    @Test
    void shouldGiveNoVerdictWhereOutputsDiffer() throws IOException {
        open(parted, DESK, false, 3);
        keep("parted");

        assertTrue(text(".cards").contains("digests differ: no verdict"), text(".cards"));
        assertTrue(text(".cards").contains("<img src=x onerror=alert(1)>"), "text of the data became markup");
        assertTrue(text("main").contains("noise floor is not in this verification"), text("main"));
        for (final String missing : List.of("cycles", "ablation", "stages", "causes", "memory")) {
            assertFalse(text("#run1-" + missing + " .absent").isBlank(), missing);
        }
    }

    @Test
    void shouldHoldSeveralVerifications() throws IOException {
        open(both, DESK, false, ALL_CHARTS + 3 + MOST_CHARTS);
        keep("both");

        assertEquals(3L, browser.evaluate("document.querySelectorAll('article').length"));
        assertTrue(text("header").contains("evening") && text("header").contains("night"), text("header"));
        assertTrue(text("header").contains("2 warnings"), text("header"));
    }

    @Test
    void shouldShowTheVariantsAndTheMetricThatAreChosen() {
        open(whole, DESK, false, ALL_CHARTS);
        final String spikes = "echarts.getInstanceByDom(document.querySelectorAll('#run1-cycles .drawing')[1])"
                + ".getOption().series.reduce((all, each) => all + each.data.length, 0)";
        final Object before = browser.evaluate(spikes);

        browser.evaluate("(select => { select.value = 4; select.dispatchEvent(new Event('change')); })"
                + "(document.querySelectorAll('#run1-timeline select')[1])");
        browser.evaluate("document.querySelector('#run1-ablation button').click()");

        assertEquals("aegis-1", ((String) browser.evaluate(
                "document.querySelectorAll('#run1-cycles .caption .caption')[1].childNodes[1].textContent")));
        assertFalse(before.equals(browser.evaluate(spikes)));
        assertTrue(text("#run1-ablation thead").contains("mean"), text("#run1-ablation thead"));
    }

    @Test
    void shouldWarnBeforeItClaims() throws IOException {
        open(warned, DESK, false, MOST_CHARTS);
        keep("warned");

        final String shown = text("main");
        final int warning = shown.indexOf("half of what its p99 holds is waiting");
        assertTrue(warning > 0 && warning < shown.indexOf("p99 improved"), shown);
        assertTrue(text(".warnings").contains("2 warnings"), text(".warnings"));
        assertTrue(text(".warnings").contains("9 <or more>"), text(".warnings"));
        assertEquals("42% of the time", text("#run1-conditions .verdict.noisy"));
        open(whole, DESK, false, ALL_CHARTS);
        assertEquals(0L, browser.evaluate("document.querySelectorAll('.warnings').length"));
    }

    @Test
    void shouldTakeEqualOutputsWithoutADecisionForNoProof() throws IOException {
        open(undecided, DESK, false, MOST_CHARTS);
        keep("undecided");

        assertEquals(2L, browser.evaluate("document.querySelectorAll('.card.bad').length"));
        assertEquals(2L, browser.evaluate("document.querySelectorAll('.card').length"));
        assertTrue(text(".cards").contains("nothing was decided: unproven"), text(".cards"));
        assertEquals(2L, browser.evaluate("document.querySelectorAll('#run1-outputs .verdict.bad').length"));
        assertFalse(text("#run1-outputs tbody").contains("equal"), text("#run1-outputs tbody"));
    }

    @Test
    void shouldLeaveWhatWasNotWatchedOutOfTheExplainedShare() {
        open(warned, DESK, false, MOST_CHARTS);

        final JsonNode causes = SampleVerification.warned().at("/variants/0/causes");
        final int safepoints = causes.get("safepoint").asInt();
        final int watched = safepoints
                + causes.get("run delay").asInt()
                + causes.get("unexplained").asInt();
        final double explained = 100.0 * (watched - causes.get("unexplained").asInt()) / watched;
        assertTrue(causes.get("not watched").asInt() > 0);
        assertEquals(
                explained, Double.parseDouble(text("#run1-causes tbody .figure").replace("%", "")), 0.5);
        assertTrue(text("#run1-causes").contains("left out of the explained share"), text("#run1-causes"));
    }

    @Test
    void shouldBeginTheTimelineWhereTheRunUpEnded() {
        open(warned, DESK, false, MOST_CHARTS);

        final String timeline =
                "echarts.getInstanceByDom(document.querySelector('#run1-timeline .drawing')).getOption()";
        assertEquals(
                SampleSteps.FIRST_STEP + 4.5,
                ((Number) browser.evaluate(timeline + ".series[0].data[0][0]")).doubleValue(),
                "the middle of ten steps");
        assertEquals("own time of a step", browser.evaluate(timeline + ".yAxis[0].name"));
        assertTrue(text("#run1-timeline").contains("queueing behind another step counts once"));
    }

    private static void remove(JsonNode node, String path) {
        final int dot = path.indexOf('.');
        final String first = dot < 0 ? path : path.substring(0, dot);
        final String name = first.replace("[]", "").replace("{}", "");
        if (dot < 0) {
            if (node instanceof ObjectNode object) {
                object.remove(name);
            }
            return;
        }
        final JsonNode value = node.path(name);
        if (first.equals(name)) {
            remove(value, path.substring(dot + 1));
        } else {
            value.forEach(each -> remove(each, path.substring(dot + 1)));
        }
    }

    @Test
    void shouldSayInEachSectionWhatItLacks() throws IOException {
        final ObjectNode bare = SampleVerification.warned();
        final Map<String, List<String>> whatWasThere = NeededField.missingBySection(bare);
        NeededField.dispensablePaths().forEach(path -> remove(bare, path));
        final Path page =
                report(directory.resolve("bare.html"), SampleVerification.write(bare, directory.resolve("bare")));

        // Percentiles, timelines, stages and causes are left.
        open(page, DESK, false, 5);
        keep("bare");

        assertEquals(Map.of(), whatWasThere, "the samples lack fields");
        NeededField.missingBySection(bare)
                .forEach((section, paths) -> paths.forEach(path -> assertTrue(
                        text("#run1-" + section).contains(path), section + " does not say that it lacks " + path)));
        assertTrue(text("#run1-cycles").contains("periods"), text("#run1-cycles"));
    }

    @Test
    void shouldReadNoKeyThatIsNotANeededField() throws IOException {
        final Path page = ReadKeys.watched(whole, directory.resolve("watched.html"));
        open(page, DESK, false, ALL_CHARTS);
        browser.evaluate("document.querySelectorAll('.drawing').forEach(drawing => {"
                + " const chart = echarts.getInstanceByDom(drawing);"
                + " chart.getOption().series.forEach((each, index) => each.data.length > 0"
                + " && chart.dispatchAction({ type: 'showTip', seriesIndex: index, dataIndex: 0 })); })");

        final Set<String> read = ReadKeys.of(browser);

        assertTrue(read.contains("variants[].spikes[].late_ns"), read::toString);
        assertEquals(
                List.of(),
                read.stream().filter(key -> !ReadKeys.isNeeded(key)).toList(),
                "keys that no file needs to have");
        assertEquals(
                List.of(),
                NeededField.paths().stream()
                        .filter(path -> !path.endsWith("[]") && !read.contains(path))
                        .toList(),
                "fields that the page does not read");
    }

    @Test
    void shouldOpenForThePaperWhatIsFoldedOnTheScreen() {
        open(whole, DESK, false, ALL_CHARTS);
        final String open = "document.querySelectorAll('details[open]').length";
        final Object all = browser.evaluate("document.querySelectorAll('details').length");
        browser.evaluate("document.querySelector('details').open = true");
        browser.evaluate("window.addEventListener('beforeprint', () => { window.openOnPaper = " + open + "; })");

        browser.print();

        assertTrue((Long) all > 1);
        assertEquals(all, browser.evaluate("window.openOnPaper"));
        assertEquals(1L, browser.evaluate(open), "what somebody had opened stays open, the rest closes");
    }

    @Test
    void shouldPrintLightAndWhole() throws IOException {
        open(whole, DESK, true, ALL_CHARTS);

        final byte[] pdf = browser.print();

        assertEquals("%PDF", new String(pdf, 0, 4, StandardCharsets.US_ASCII));
        assertFalse(
                (Boolean) browser.evaluate("document.documentElement.hasAttribute('data-print')"), "stays as printed");
        if (System.getProperty("aegis.report.pictures") != null) {
            Files.write(Path.of(System.getProperty("aegis.report.pictures"), "print.pdf"), pdf);
        }
    }
}
