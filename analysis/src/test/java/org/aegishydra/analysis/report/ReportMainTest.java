package org.aegishydra.analysis.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.aegishydra.analysis.ProgramRun;
import org.aegishydra.core.command.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportMainTest {
    @TempDir
    private Path directory;

    private Path verification(String name, Consumer<ObjectNode> change) {
        final ObjectNode verification = SampleVerification.unequal();
        change.accept(verification);
        return SampleVerification.write(verification, directory.resolve(name));
    }

    private static ProgramRun report(Object... arguments) {
        final String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return ProgramRun.of(new ReportMain(), texts);
    }

    private static void assertRefused(ProgramRun run, String... parts) {
        assertEquals(2, run.exitCode(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        for (final String part : parts) {
            assertTrue(run.err().contains(part), part + " is not in: " + run.err());
        }
    }

    @Test
    void shouldExplainItselfWithAnExample() {
        final ProgramRun run = report("--help");

        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("aegis report runs/verify"), run.out());
        assertTrue(run.out().contains("--html"), run.out());
    }

    @Test
    void shouldWriteThePageIntoTheFirstFolderAndSayWhere() {
        final Path first = verification("first", all -> {});
        final Path second = verification("second", all -> {});

        final ProgramRun run = report(first, second);

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(first.resolve("report.html") + System.lineSeparator(), run.out());
        assertTrue(Files.exists(first.resolve("report.html")));
        assertFalse(Files.exists(second.resolve("report.html")));
    }

    @Test
    void shouldTellAsJsonWhatItWrote() throws IOException {
        final Path html = directory.resolve("page.html");

        final JsonNode told =
                report(verification("run", all -> {}), "--html", html, "--json").json();

        assertEquals(html.toString(), told.get("html").asText());
        assertEquals(Files.size(html), told.get("bytes").asLong());
        assertEquals("before <b>", told.at("/runs/0/reference").asText());
        assertEquals(2, told.at("/runs/0/variants").size());
    }

    @Test
    void shouldWriteTheSamePageOfTheSameVerification() throws IOException {
        final Path run = verification("run", all -> {});
        report(run, "--html", directory.resolve("a.html"));
        report(run, "--html", directory.resolve("b.html"));

        assertArrayEquals(
                Files.readAllBytes(directory.resolve("a.html")), Files.readAllBytes(directory.resolve("b.html")));
    }

    @Test
    void shouldLetNoTextOfTheDataEndAScript() throws IOException {
        final Path run = verification("run", all -> {});
        report(run);

        final String page = Files.readString(run.resolve("report.html"));

        assertFalse(page.contains("<script>alert(1)"), "a variant's name became a script");
        assertTrue(page.contains("\\u003c/script>\\u003cscript>alert(1)"), "the name is not there");
        assertTrue(page.contains("default-src 'none'"), "requests are not forbidden");
        assertTrue(page.contains("The Apache Software Foundation"), "the notice of ECharts is missing");
        assertTrue(page.contains("Copyright (c) 2017, Baidu Inc."), "the licence of ZRender is missing");
    }

    @Test
    void shouldNameTheFolderThatHoldsNoVerification() throws IOException {
        final Path empty = Files.createDirectory(directory.resolve("empty"));

        assertRefused(report(empty), empty.toString(), "verification.json", "aegis verify --out");
        assertRefused(report(directory.resolve("none")), "none", "aegis verify --out");
        assertEquals(2, report().exitCode());
    }

    @Test
    void shouldRefuseAnotherFormat() {
        final Path newer = verification("newer", all -> all.put("format", 3));
        final Path older = verification("older", all -> all.put("format", 1));
        final Path foreign = verification("foreign", all -> all.remove("format"));

        assertRefused(report(newer), newer.toString(), "format 3", "draws format 2", "verify again");
        assertRefused(report(older), older.toString(), "format 1", "draws format 2", "verify again");
        assertRefused(report(foreign), foreign.toString(), "names no format");
    }

    @Test
    void shouldSayWhereDamagedJsonBreaks() throws IOException {
        final Path run = verification("run", all -> {});
        final Path file = run.resolve("verification.json");
        final String whole = Files.readString(file);

        Files.writeString(file, whole.substring(0, whole.length() / 2));
        assertRefused(report(run), run.toString(), "damaged", "line ", "repeat `aegis verify`");
        Files.writeString(file, whole + "}");
        assertRefused(report(run), "damaged");
        Files.writeString(file, "");
        assertRefused(report(run), run.toString());
        assertFalse(Files.exists(run.resolve("report.html")));
    }

    @Test
    void shouldNameAFieldThatThePageNeeds() {
        final Path without =
                verification("without", all -> ((ObjectNode) all.get("variants").get(1)).remove("timeline"));
        final Path other = verification("other", all -> all.put("rounds", "ten"));
        final Path wrong = verification("wrong", all -> all.put("warnings", "none"));
        final Path hollow = verification("hollow", all -> ((ArrayNode) all.get("comparisons")).addNull());
        final Path none = verification("none", all -> all.putArray("variants"));

        assertRefused(report(without), without.toString(), "variants[1].timeline (object)");
        assertRefused(report(other), "rounds (number)");
        assertRefused(report(wrong), "warnings (array)");
        assertRefused(report(hollow), "comparisons[0] (object)");
        assertRefused(report(none), "variants (one at least)");
    }

    @Test
    void shouldTellWhatAPageLacks() throws IOException {
        final Path without = verification("without", all -> {
            all.remove("warnings");
            ((ObjectNode) all.at("/variants/0/timeline")).remove("first_step");
        });

        final JsonNode told =
                report(verification("run", all -> {}), without, "--json").json();

        assertEquals(0, told.at("/runs/0/missing").size(), told::toString);
        assertEquals("warnings", told.at("/runs/1/missing/verdict/0").asText());
        assertEquals(
                "variants[].timeline.first_step",
                told.at("/runs/1/missing/timeline/0").asText());
    }

    @Test
    void shouldTakeARatioThatIsNoNumber() {
        final Path run = verification("run", all -> {
            final ObjectNode comparison = all.putArray("comparisons").addObject();
            comparison
                    .put("variant", "a")
                    .put("against", "b")
                    .put("metric", "p99")
                    .put("ratio", "NaN");
            comparison.put("low", 0).put("high", "Infinity").put("verdict", "no effect shown");
        });

        assertEquals(0, report(run).exitCode());
    }

    @Test
    void shouldRefuseMoreThanABrowserOpens() {
        final Path run = verification("run", all -> {});

        final UsageException refused = assertThrows(UsageException.class, () -> VerificationFile.read(run, 1_000));

        assertTrue(refused.getMessage().contains("fewer runs"), refused.getMessage());
    }

    @Test
    void shouldRefuseAPageWhereNoFileCanBe() {
        final Path run = verification("run", all -> {});

        assertRefused(report(run, "--html", directory.resolve("no/such/page.html")), "--html", "directory");
        assertRefused(report(run, "--html", directory), "--html");
    }
}
