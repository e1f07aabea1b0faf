package org.aegishydra.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;

/** All records of a journal, with their checksums verified, for tests to look at. */
public final class JournalRecords {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One record. */
    public record Entry(
            RecordKind kind,
            Dialect dialect,
            int connection,
            long sequence,
            long wallNs,
            long monotonicNs,
            String text) {
        /** The payload as JSON. */
        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (final IOException e) {
                throw new IllegalStateException(text, e);
            }
        }
    }

    private JournalRecords() {}

    /** Everything that is in a journal now. */
    public static List<Entry> read(Path directory) {
        final List<Entry> entries = new ArrayList<>();
        try (JournalTailer tailer = Journal.open(directory).tailer().verifyChecksums(true)) {
            while (tailer.poll(
                            (header, buffer, offset, length) -> {
                                final byte[] payload = new byte[length];
                                buffer.getBytes(offset, payload);
                                entries.add(new Entry(
                                        header.kind(),
                                        header.dialect(),
                                        header.connectionId(),
                                        header.sequence(),
                                        header.wallTimeNs(),
                                        header.monotonicTimeNs(),
                                        new String(payload, StandardCharsets.UTF_8)));
                            },
                            1000)
                    > 0) {
                // Until the end.
            }
        }
        return entries;
    }

    /** The records of one kind. */
    public static List<Entry> of(RecordKind kind, List<Entry> entries) {
        return entries.stream().filter(entry -> entry.kind() == kind).toList();
    }
}
