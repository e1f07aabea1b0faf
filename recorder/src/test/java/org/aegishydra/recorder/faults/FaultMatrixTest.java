package org.aegishydra.recorder.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a recorder makes of everything that can go wrong on its connection. The cases run at the same time. */
@Timeout(120)
class FaultMatrixTest {
    /** Some of the cases: {@code -Daegis.faults=".*UTF-8.*"}. */
    private static final String CHOSEN = System.getProperty("aegis.faults", ".*");

    private static final int AT_ONCE = 24;

    @TempDir
    static Path directory;

    private static final Map<FaultCase, Future<FaultCase>> RESULTS = new LinkedHashMap<>();

    @BeforeAll
    static void playAll() {
        final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        int number = 0;
        for (final FaultCase row : cases()) {
            if (!row.name.matches(CHOSEN)) {
                continue;
            }
            final Path journal = directory.resolve("journal-" + number++);
            RESULTS.put(row, threads.submit(() -> row.play(journal)));
        }
        threads.shutdown();
    }

    private static List<FaultCase> rows() {
        return List.copyOf(RESULTS.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void shouldHold(FaultCase row) throws Exception {
        RESULTS.get(row).get(100, TimeUnit.SECONDS).check();
    }

    private static List<FaultCase> cases() {
        final List<FaultCase> cases = new ArrayList<>(ConnectionFaults.cases(directory));
        cases.addAll(FrameFaults.cases());
        return cases;
    }
}
