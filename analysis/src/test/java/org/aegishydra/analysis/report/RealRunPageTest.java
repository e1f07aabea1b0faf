package org.aegishydra.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The page of a verification that somebody ran with {@code --ablate --out DIR}: {@code -Daegis.report.run=DIR}. */
@EnabledIfSystemProperty(named = "aegis.report.run", matches = ".+")
class RealRunPageTest extends ShownPage {
    @Test
    void shouldDrawEveryChartHoweverItIsSeen() throws IOException {
        final Path folder = Path.of(System.getProperty("aegis.report.run"));
        final Path page = report(directory.resolve("real.html"), folder);
        open(page, DESK, false, ALL_CHARTS);
        keep(folder.getFileName() + "-light");
        assertEquals(0L, browser.evaluate("document.querySelectorAll('.absent').length"));
        open(page, DESK, true, ALL_CHARTS);
        keep(folder.getFileName() + "-dark");
        open(page, PHONE, false, ALL_CHARTS);
        keep(folder.getFileName() + "-phone");
    }
}
