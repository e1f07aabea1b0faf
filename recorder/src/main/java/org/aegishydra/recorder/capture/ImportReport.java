package org.aegishydra.recorder.capture;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What an import did.
 *
 * @param complete whether every file was read to its end, held messages, and had a time for each.
 * @param messages how many messages were written, all passes together.
 * @param bytes of those messages.
 * @param firstRecord the sequence of the first record written; 0 if none was.
 * @param lastRecord the sequence of the last record written; 0 if none was.
 */
public record ImportReport(
        String journal,
        boolean complete,
        boolean interrupted,
        int repeat,
        long lines,
        long imported,
        long refused,
        long messages,
        long bytes,
        @JsonProperty("first_record") long firstRecord,
        @JsonProperty("last_record") long lastRecord,
        List<SourceReport> files) {

    /** The report for people. */
    public String toText() {
        final StringBuilder text = new StringBuilder();
        files.forEach(file -> text.append(file.toText()).append('\n'));
        text.append(messages).append(" messages, ").append(bytes).append(" bytes");
        if (repeat > 1) {
            text.append(" in ").append(repeat).append(" passes");
        }
        if (firstRecord > 0) {
            text.append(", records ").append(firstRecord).append(" to ").append(lastRecord);
            text.append(" of ").append(journal);
        }
        return text.append(interrupted ? " (interrupted)" : "").toString();
    }
}
