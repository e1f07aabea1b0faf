package org.aegishydra.recorder.capture;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;

/** What one capture file held. Filled by one thread while the file is read; a part of an import's JSON report. */
@JsonPropertyOrder({
    "file",
    "compression",
    "format",
    "feed",
    "receive_times",
    "lines",
    "imported",
    "refused",
    "other_lines",
    "blank_lines",
    "first_refused",
    "problems"
})
public final class SourceReport {
    /** How many refusals are listed; all are counted. */
    static final int LISTED_REFUSALS = 20;

    /** A line that was not imported. */
    public record Refusal(long line, String reason) {}

    /** The file's name without its directory. */
    @JsonProperty
    final String file;

    @JsonProperty
    String compression;

    @JsonProperty
    String format;

    @JsonProperty
    String feed;

    @JsonProperty
    long lines;

    @JsonProperty
    long imported;

    @JsonProperty
    long refused;

    /** Lines that tell of something else than a message: connections, what was sent, configuration. */
    @JsonProperty("other_lines")
    long otherLines;

    @JsonProperty("blank_lines")
    long blankLines;

    /** Where receive times come from: {@code capture}, {@code ts-file} or {@code message}. */
    @JsonProperty("receive_times")
    String receiveTimes;

    @JsonProperty("first_refused")
    final List<Refusal> firstRefused = new ArrayList<>();

    /** What else is wrong with the file, so that the import failed even where lines were imported. */
    @JsonProperty
    final List<String> problems = new ArrayList<>();

    SourceReport(String file) {
        this.file = file;
    }

    void refuse(long line, String reason) {
        refused++;
        if (firstRefused.size() < LISTED_REFUSALS) {
            firstRefused.add(new Refusal(line, reason.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    /** The report for people: one line, and one for each listed refusal and problem. */
    public String toText() {
        final StringBuilder text = new StringBuilder(file + ": " + lines + " lines, " + imported + " imported, "
                + refused + " refused, " + otherLines + " about the connection, " + blankLines + " blank");
        for (final Refusal refusal : firstRefused) {
            text.append("\n  line ").append(refusal.line()).append(" refused: ").append(refusal.reason());
        }
        if (refused > firstRefused.size()) {
            text.append("\n  and ").append(refused - firstRefused.size()).append(" lines more");
        }
        problems.forEach(problem -> text.append("\n  ").append(problem));
        return text.toString();
    }
}
