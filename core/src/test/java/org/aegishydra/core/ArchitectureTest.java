package org.aegishydra.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Arrays;
import org.aegishydra.core.offending.InnocentMain;
import org.aegishydra.core.offending.Offender;
import org.aegishydra.core.offending.OffenderInTheHotPath;
import org.aegishydra.core.offending.left.Left;
import org.aegishydra.core.offending.right.Right;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Core keeps the rules, and each rule reports a class that does not. */
class ArchitectureTest extends ArchitectureRules {
    private final JavaClasses offending = new ClassFileImporter().importPackages("org.aegishydra.core.offending");

    ArchitectureTest() {
        super("org.aegishydra.core");
    }

    @Test
    void shouldReportACycle() {
        assertReported(NO_CYCLES_BETWEEN_PACKAGES, "core.offending.left", Left.class, Right.class);
        assertFalse(evaluate(NO_CYCLES_BETWEEN_PACKAGES, Left.class).hasViolation());
    }

    @Test
    void shouldReportChronicleOutsideItsPlaces() {
        assertReported(CHRONICLE_IN_ITS_PLACES, "net.openhft.chronicle.bytes.Bytes", Offender.class);
    }

    @Test
    void shouldReportACommandLineOutsideAProgram() {
        assertReported(COMMAND_LINE_IN_PROGRAMS, "picocli.CommandLine", Offender.class);
        assertFalse(evaluate(COMMAND_LINE_IN_PROGRAMS, InnocentMain.class, InnocentMain.Options.class)
                .hasViolation());
    }

    @ParameterizedTest
    @CsvSource({
        "logs, java.util.logging.Logger",
        "logsThroughAFacade, org.slf4j.Logger",
        "prints, java.io.PrintStream",
        "readsAFile, java.nio.file.Files",
        "locks, java.util.concurrent.locks.ReentrantLock",
        "boxesIntoAList, java.util.List",
        "boxesIntoAMap, java.util.concurrent.ConcurrentHashMap",
        "takesAClock, java.time.Clock",
    })
    void shouldReportSlowTypesInTheHotPath(String method, String type) {
        final EvaluationResult result = evaluate(HOT_PATH_WITHOUT_SLOW_TYPES, OffenderInTheHotPath.class);

        assertTrue(
                result.getFailureReport().getDetails().stream()
                        .anyMatch(line -> line.contains("." + method + "(") && line.contains(type)),
                result.getFailureReport().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "readsNanoTime, System.nanoTime",
        "readsMillis, System.currentTimeMillis",
        "readsAnInstant, java.time.Instant.now",
        "formats, String.format",
        "handsOnNanoTime, System.nanoTime",
    })
    void shouldReportClocksAndFormatsInTheHotPath(String method, String target) {
        final EvaluationResult result = evaluate(HOT_PATH_WITHOUT_CLOCKS_AND_FORMATS, OffenderInTheHotPath.class);

        assertTrue(
                result.getFailureReport().getDetails().stream()
                        .anyMatch(line -> line.contains("." + method + "(") && line.contains(target)),
                result.getFailureReport().toString());
    }

    @Test
    void shouldReportAMonitorInTheHotPath() {
        assertReported(HOT_PATH_WITHOUT_MONITORS, "synchronizes", OffenderInTheHotPath.class);
    }

    @Test
    void shouldHoldANestedClassToTheRulesOfItsOuterClass() {
        assertReported(HOT_PATH_WITHOUT_CLOCKS_AND_FORMATS, "System.nanoTime", OffenderInTheHotPath.Nested.class);
    }

    @Test
    void shouldLeaveOtherClassesAlone() {
        for (final ArchRule rule : new ArchRule[] {
            HOT_PATH_WITHOUT_SLOW_TYPES, HOT_PATH_WITHOUT_CLOCKS_AND_FORMATS, HOT_PATH_WITHOUT_MONITORS
        }) {
            assertFalse(evaluate(rule, Offender.class).hasViolation());
        }
    }

    private void assertReported(ArchRule rule, String what, Class<?>... offenders) {
        final EvaluationResult result = evaluate(rule, offenders);
        assertTrue(result.hasViolation(), rule.getDescription());
        assertTrue(
                result.getFailureReport().toString().contains(what),
                result.getFailureReport().toString());
    }

    private EvaluationResult evaluate(ArchRule rule, Class<?>... types) {
        return rule.evaluate(offending.that(
                describe("are asked for", type -> Arrays.stream(types).anyMatch(type::isEquivalentTo))));
    }
}
