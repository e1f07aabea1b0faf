package org.aegishydra.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aegishydra.analysis.ProgramRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page as a browser shows it. {@code -Daegis.report.pictures=DIR} keeps pictures of it, for people to look at.
 */
class ReportPageTest {
    private static final int DESK = 1280;
    private static final int PHONE = 390;
    private static final String CHART = ".drawing";

    /** Charts of a verification that has everything: percentiles, 2 timelines, 2 cycles, ablation, stages, causes, 3 of memory. */
    private static final int ALL_CHARTS = 11;

    @TempDir
    private static Path directory;

    private static Browser browser;
    private static Path whole;
    private static Path parted;
    private static Path both;

    @BeforeAll
    static void drawThePages() throws IOException {
        final Optional<Browser> found = Browser.find(Files.createDirectory(directory.resolve("profile")));
        assumeTrue(
                found.isPresent(),
                "no chromium and chromedriver on the PATH: the page is not looked at (Debian: apt install chromium chromium-driver)");
        browser = found.get();
        final Path first = SampleVerification.write(SampleVerification.withAblation(), directory.resolve("evening"));
        final Path second = SampleVerification.write(SampleVerification.unequal(), directory.resolve("night"));
        whole = report(directory.resolve("whole.html"), first);
        parted = report(directory.resolve("parted.html"), second);
        both = report(directory.resolve("both.html"), first, second);
    }

    @AfterAll
    static void closeTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private static Path report(Path html, Path... folders) {
        final String[] arguments = new String[folders.length + 2];
        for (int i = 0; i < folders.length; i++) {
            arguments[i] = folders[i].toString();
        }
        arguments[folders.length] = "--html";
        arguments[folders.length + 1] = html.toString();
        final ProgramRun run = ProgramRun.of(new ReportMain(), arguments);
        assertEquals(0, run.exitCode(), run.err());
        return html;
    }

    /** Opens a page, and checks what must hold however it is seen. */
    private static void open(Path page, int width, boolean dark, int charts) {
        browser.console();
        browser.requests();
        browser.open(page, width, dark);
        assertEquals("true", browser.evaluate("document.documentElement.dataset.drawn"));
        assertEquals(List.of(), browser.console());
        assertEquals((long) charts, browser.evaluate("document.querySelectorAll('" + CHART + "').length"));
        assertEquals(
                List.of(),
                browser.evaluate("[...document.querySelectorAll('" + CHART + "')].filter(chart => {"
                        + " const series = echarts.getInstanceByDom(chart).getOption().series;"
                        + " const drawn = chart.querySelector('canvas, svg').getBoundingClientRect();"
                        + " return drawn.width < 200 || drawn.height < 50 || !series.some(each => each.data.length > 0);"
                        + "}).map(chart => chart.getAttribute('aria-label'))"),
                "charts without anything drawn");
        final List<String> requests = browser.requests();
        assertEquals(1, requests.size(), () -> "more than the page itself: " + requests);
        assertEquals(0L, browser.evaluate("performance.getEntriesByType('resource').length"));
        assertTrue((Long) browser.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways");
    }

    private static void keep(String name) throws IOException {
        final String pictures = System.getProperty("aegis.report.pictures");
        if (pictures != null) {
            browser.photograph(Files.createDirectories(Path.of(pictures)).resolve(name + ".png"));
        }
    }

    private static String text(String selector) {
        return (String) browser.evaluate("document.querySelector(\"" + selector + "\").innerText");
    }

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
        open(both, DESK, false, ALL_CHARTS + 3);
        keep("both");

        assertEquals(2L, browser.evaluate("document.querySelectorAll('article').length"));
        assertTrue(text("header").contains("evening") && text("header").contains("night"), text("header"));
    }

    @Test
    void shouldShowTheVariantsAndTheMetricThatAreChosen() {
        open(whole, DESK, false, ALL_CHARTS);
        final String seriesName =
                "echarts.getInstanceByDom(document.querySelectorAll('#run1-cycles .drawing')[1]).getOption().series[0].data.length";
        final Object before = browser.evaluate(seriesName);

        browser.evaluate("(select => { select.value = 4; select.dispatchEvent(new Event('change')); })"
                + "(document.querySelectorAll('#run1-timeline select')[1])");
        browser.evaluate("document.querySelector('#run1-ablation button').click()");

        assertEquals("aegis-1", ((String) browser.evaluate(
                "document.querySelectorAll('#run1-cycles span.caption')[1].childNodes[1].textContent")));
        assertFalse(before.equals(browser.evaluate(seriesName)));
        assertTrue(text("#run1-ablation thead").contains("mean"), text("#run1-ablation thead"));
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
