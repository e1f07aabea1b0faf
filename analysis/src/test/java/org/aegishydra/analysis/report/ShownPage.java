package org.aegishydra.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aegishydra.analysis.ProgramRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages in a browser. {@code -Daegis.report.pictures=DIR} keeps pictures of them, for people to look at.
 */
abstract class ShownPage {
    static final int DESK = 1280;
    static final int PHONE = 390;
    private static final String CHART = ".drawing";

    /** Charts of a verification that has everything but an ablation: percentiles, 2 timelines, 8 cycles, stages, causes, 3 of memory. */
    static final int MOST_CHARTS = 16;

    /** And with an ablation. */
    static final int ALL_CHARTS = MOST_CHARTS + 1;

    @TempDir
    static Path directory;

    static Browser browser;
    static Path whole;
    static Path parted;
    static Path both;
    static Path warned;
    static Path undecided;

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
        final Path third = SampleVerification.write(SampleVerification.warned(), directory.resolve("warned"));
        final Path fourth = SampleVerification.write(SampleVerification.undecided(), directory.resolve("undecided"));
        both = report(directory.resolve("both.html"), first, second, third);
        warned = report(directory.resolve("warned.html"), third);
        undecided = report(directory.resolve("undecided.html"), fourth);
    }

    @AfterAll
    static void closeTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    static Path report(Path html, Path... folders) {
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
    static void open(Path page, int width, boolean dark, int charts) {
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

    static void keep(String name) throws IOException {
        final String pictures = System.getProperty("aegis.report.pictures");
        if (pictures != null) {
            browser.photograph(Files.createDirectories(Path.of(pictures)).resolve(name + ".png"));
        }
    }

    static String text(String selector) {
        return (String) browser.evaluate("document.querySelector(\"" + selector + "\").innerText");
    }
}
