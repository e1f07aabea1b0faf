package org.aegishydra.trader;

import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.MarkRecord;
import org.aegishydra.core.run.RunFolder;
import org.agrona.DirectBuffer;

/**
 * What a run was fed with besides the market journal, read from its own decisions journal: settings, range and controls.
 *
 * @param settings as the run was started with.
 * @param firstSequence the first record that it handled.
 * @param lastSequence the last record that it handled, as far as its journal tells.
 * @param controls those that came while it ran, in order; its starts and ends are not among them.
 * @param resumptions how often it was resumed.
 */
public record RecordedRun(
        TradingSettings settings,
        long firstSequence,
        long lastSequence,
        List<ControlRecord> controls,
        int resumptions) {

    /**
     * Reads a run.
     *
     * @throws UsageException if the folder holds no run, or one that is not known to have handled a record.
     */
    public static RecordedRun read(RunFolder run) {
        final RecordedRun recorded = readIfBegun(run);
        if (recorded == null || recorded.lastSequence < recorded.firstSequence) {
            throw new UsageException("the run in " + run.directory()
                    + " is not known to have handled a record: there is nothing to repeat or compare");
        }
        return recorded;
    }

    /** The run, or null if it had not begun. */
    static RecordedRun readIfBegun(RunFolder run) {
        final Reader reader = new Reader();
        try (JournalTailer tailer = run.decisions().tailer()) {
            int records;
            do {
                records = tailer.poll(reader::onRecord, 1024);
            } while (records > 0);
        }
        return reader.settings == null
                ? null
                : new RecordedRun(
                        reader.settings,
                        reader.firstSequence,
                        reader.lastSequence,
                        List.copyOf(reader.controls),
                        reader.resumptions);
    }

    /** The controls at the places where they came. */
    public ControlSource controlSource() {
        return controlSource(0);
    }

    /** The same, without the first ones. */
    ControlSource controlSource(int without) {
        return new ControlSource() {
            private int next = without;

            @Override
            public ControlRecord due(long handled) {
                return next < controls.size() && controls.get(next).marketSequence() <= handled
                        ? controls.get(next++)
                        : null;
            }
        };
    }

    /** Whether its kill switch was used. */
    boolean isKilled() {
        return controls.stream().anyMatch(control -> control.type() == ControlRecord.Type.KILL);
    }

    /** Whether it was to catch up, and was killed before it had disabled trading for that. */
    boolean isToCatchUp() {
        return settings.fromEnd()
                && controls.stream().noneMatch(control -> control.type() == ControlRecord.Type.TRADING_DISABLED);
    }

    /** Whether it was still to catch up when it ended: trading was disabled, and not enabled again. */
    boolean isCatchingUp() {
        boolean disabled = false;
        for (final ControlRecord control : controls) {
            if (control.type() == ControlRecord.Type.TRADING_DISABLED) {
                disabled = true;
            } else if (control.type() == ControlRecord.Type.TRADING_ENABLED) {
                disabled = false;
            }
        }
        return disabled;
    }

    private static final class Reader {
        private final List<ControlRecord> controls = new ArrayList<>();
        private final DecisionRecord decision = new DecisionRecord();
        private final MarkRecord mark = new MarkRecord();
        private TradingSettings settings;
        private long firstSequence;
        private long lastSequence;
        private int resumptions;

        private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
            if (header.kind() == RecordKind.DECISION) {
                lastSequence =
                        Math.max(lastSequence, decision.wrap(buffer, offset).marketSequence());
            } else if (header.kind() == RecordKind.MARK) {
                lastSequence = Math.max(lastSequence, mark.wrap(buffer, offset).marketSequence());
            } else if (header.kind() == RecordKind.CONTROL) {
                onControl(ControlRecord.decode(buffer, offset, length));
            }
        }

        private void onControl(ControlRecord control) {
            switch (control.type()) {
                case START -> {
                    settings = TradingSettings.fromJson(control.text());
                    firstSequence = control.marketSequence();
                    lastSequence = firstSequence - 1;
                }
                case STOP -> lastSequence = Math.max(lastSequence, control.marketSequence());
                case RESUMED -> resumptions++;
                default -> {
                    controls.add(control);
                    lastSequence = Math.max(lastSequence, control.marketSequence());
                }
            }
        }
    }
}
