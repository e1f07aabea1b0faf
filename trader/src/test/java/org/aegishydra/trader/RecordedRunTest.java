package org.aegishydra.trader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.trader.paper.RiskSettings;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRunTest {
    private static final String SETTINGS = new TradingSettings(
                    "order-flow",
                    java.util.Map.of(),
                    1,
                    100,
                    5,
                    5,
                    new RiskSettings(10, 5, 100),
                    List.of(),
                    1,
                    5,
                    false)
            .toJson()
            .toString();

    @TempDir
    Path directory;

    private RecordedRun read(ControlRecord... controls) {
        final RunFolder run = RunFolder.create(directory);
        try (JournalAppender appender = run.newDecisions().appender()) {
            for (final ControlRecord control : controls) {
                final DirectBuffer payload = control.encode();
                appender.append(RecordKind.CONTROL, Dialect.NONE, 0, 1, 0, payload, 0, payload.capacity());
            }
        }
        return RecordedRun.read(run);
    }

    @Test
    void shouldReachToTheLastControlOfAKilledRunThatDecidedNothing() {
        final ControlRecord disabled = new ControlRecord(ControlRecord.Type.TRADING_DISABLED, 6, "catching up");
        final ControlRecord enabled = new ControlRecord(ControlRecord.Type.TRADING_ENABLED, 90, "caught up");
        final RecordedRun run = read(new ControlRecord(ControlRecord.Type.START, 7, SETTINGS), disabled, enabled);
        assertEquals(7, run.firstSequence());
        assertEquals(90, run.lastSequence());
        assertEquals(List.of(disabled, enabled), run.controls());
    }

    @Test
    void shouldRefuseAKilledRunThatTellsOfNoRecordThatItHandledButLetItGoOn() {
        final ControlRecord start = new ControlRecord(ControlRecord.Type.START, 7, SETTINGS);
        final String refusal =
                assertThrows(UsageException.class, () -> read(start)).getMessage();
        assertTrue(refusal.endsWith("there is nothing to repeat or compare"), refusal);
        final RecordedRun run = RecordedRun.readIfBegun(new RunFolder(directory));
        assertEquals(run.firstSequence() - 1, run.lastSequence());
    }
}
