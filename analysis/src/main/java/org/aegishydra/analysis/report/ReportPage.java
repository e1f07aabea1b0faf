package org.aegishydra.analysis.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * Joins the page: template, style, ECharts, our scripts, and the verifications as JSON. The same verifications give the same
 * page. Stateless.
 */
final class ReportPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** In the order in which they need each other. */
    private static final List<String> SCRIPTS = List.of(
            "text.js",
            "canvas.js",
            "verdict.js",
            "latency.js",
            "spikes.js",
            "timeline.js",
            "cycles.js",
            "causes.js",
            "effects.js",
            "parts.js",
            "page.js");

    private ReportPage() {}

    /** The page of one or more verifications. */
    static String of(List<VerificationFile> verifications) {
        final StringBuilder scripts = new StringBuilder();
        SCRIPTS.forEach(script -> scripts.append(text(script)));
        final StringBuilder page = new StringBuilder();
        String rest = text("page.html");
        for (final String[] part : new String[][] {
            {"{{style}}", text("page.css")},
            {"{{data}}", data(verifications)},
            {"{{charts}}", charts()},
            {"{{scripts}}", scripts.toString()}
        }) {
            final int at = rest.indexOf(part[0]);
            page.append(rest, 0, at).append(part[1]);
            rest = rest.substring(at + part[0].length());
        }
        return page.append(rest).toString();
    }

    /** JSON that ends no script element, whatever its texts are: {@code <} occurs in texts only. */
    private static String data(List<VerificationFile> verifications) {
        final ArrayNode runs = JSON.createArrayNode();
        for (final VerificationFile verification : verifications) {
            final ObjectNode run = runs.addObject();
            run.put("folder", name(verification.folder()));
            run.set("missing", JSON.valueToTree(verification.missingBySection()));
            run.set("verification", verification.content());
        }
        return runs.toString().replace("<", "\\u003c");
    }

    private static String name(Path folder) {
        final Path last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? folder.toString() : last.toString();
    }

    /** ECharts in one file, with the notices of what is in it; its own licence is at its beginning. */
    private static String charts() {
        final String echarts = packaged("echarts");
        return "/*!\n" + text(echarts + "NOTICE") + "\n" + text(echarts + "licenses/LICENSE-d3") + "\nZRender\n"
                + text(packaged("zrender") + "LICENSE") + "*/\n" + text(echarts + "dist/echarts.min.js");
    }

    /** Where the jar of a JavaScript package keeps its files. */
    private static String packaged(String name) {
        final Properties properties = new Properties();
        try (InputStream in = resource("/META-INF/maven/org.mvnpm/" + name + "/pom.properties")) {
            properties.load(in);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read the version of " + name, e);
        }
        return "/META-INF/resources/_static/" + name + "/" + properties.getProperty("version") + "/";
    }

    private static String text(String name) {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static InputStream resource(String name) {
        final InputStream in = ReportPage.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException(name + " is not on the class path");
        }
        return in;
    }
}
