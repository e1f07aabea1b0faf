package org.aegishydra.replayer;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.RunFolder;

/** The decisions of a run, byte for byte, in hexadecimal. */
final class DecisionBytes {
    private DecisionBytes() {}

    static List<String> of(RunFolder folder) {
        final List<String> found = new ArrayList<>();
        try (JournalTailer tailer = folder.decisions().tailer()) {
            int records;
            do {
                records = tailer.poll(
                        (header, buffer, offset, length) -> {
                            if (header.kind() == RecordKind.DECISION) {
                                final byte[] bytes = new byte[length];
                                buffer.getBytes(offset, bytes);
                                found.add(HexFormat.of().formatHex(bytes));
                            }
                        },
                        1024);
            } while (records > 0);
        }
        return found;
    }
}
