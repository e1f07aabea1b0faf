package org.aegishydra.replayer.fixes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.scribe.PaperFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which steps the work of several products comes: two steps of BTC-USD, one of ETH-USD, and so on. */
class SeveralProductsTest {
    private static final int STEPS = 24;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private RunFolder folder;
    private ProductFolders folders;
    private final PaperFormat format = new PaperFormat(100_000, 5);

    @BeforeEach
    void createTheFolder() {
        folder = RunFolder.create(directory.resolve("run"));
        folders = new ProductFolders(folder);
    }

    private static String product(long step) {
        return step % 3 == 0 ? "ETH-USD" : "BTC-USD";
    }

    private static long follow(StepWork work, long step) {
        return work.onStep(new StepRecord()
                .wrap(new UnsafeBuffer(new byte[StepRecord.LENGTH_BYTES]), 0)
                .at(step, step, 1_786_309_548_228_568_999L)
                .product(product(step), 2, 1)
                .top(99, 5, 101, 5)
                .state(0.5, 0, 100_000));
    }

    private static List<Long> stepsWith(StepOperation operation, StepWork work) {
        final List<Long> steps = new ArrayList<>();
        for (long step = 1; step <= STEPS; step++) {
            if ((follow(work, step) & operation.bit()) != 0) {
                steps.add(step);
            }
        }
        return steps;
    }

    private Path file(String product, String name) {
        return folder.product(product).resolve(name);
    }

    private long lastDumped(String product) throws IOException {
        final JsonNode rows = JSON.readTree(file(product, "paper_state.json").toFile());
        return rows.get(rows.size() - 1).get("step").asLong();
    }

    @Test
    void shouldDumpInTheStepsThatThePeriodNamesWhoseverTheyAre() throws IOException {
        final StateDump dump =
                new StateDump(folders, format, new RowTimestamps.EachFormatted(), new SynchronousWrites(), 5);

        assertEquals(List.of(5L, 10L, 15L, 20L), stepsWith(StepOperation.JSON_DUMP, dump));
        assertEquals(15, lastDumped("ETH-USD"));
        assertEquals(20, lastDumped("BTC-USD"));
        dump.close();
        assertEquals(24, lastDumped("ETH-USD"));
        assertEquals(23, lastDumped("BTC-USD"));
    }

    @Test
    void shouldDumpNoProductWhoseStepsThePeriodMisses() throws IOException {
        final StateDump dump =
                new StateDump(folders, format, new RowTimestamps.EachFormatted(), new SynchronousWrites(), 6);

        assertEquals(List.of(6L, 12L, 18L, 24L), stepsWith(StepOperation.JSON_DUMP, dump));
        assertFalse(Files.exists(file("BTC-USD", "paper_state.json")));
        dump.close();
        assertEquals(23, lastDumped("BTC-USD"));
    }

    @Test
    void shouldSendALogOutWhenItsProductHasSoManyLines() throws IOException {
        final InlineRows rows =
                new InlineRows(folders, format, new RowTimestamps.EachFormatted(), new SynchronousWrites(), 5);

        // The fifth, tenth and fifteenth line of BTC-USD, and the fifth of ETH-USD.
        assertEquals(List.of(7L, 14L, 15L, 22L), stepsWith(StepOperation.CSV_FLUSH, rows));
        assertEquals(15, Files.readAllLines(file("BTC-USD", "paper_log.csv")).size());
        assertEquals(5, Files.readAllLines(file("ETH-USD", "paper_log.csv")).size());
        rows.close();
    }
}
