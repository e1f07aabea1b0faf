package org.aegishydra.recorder.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.aegishydra.core.journal.JournalFormat;

/** Reads one capture file from its beginning to its end, in any format and compression. For one thread. */
final class CaptureReader {
    /** A record of cryptofeed's holds its message escaped, which can double it. */
    private static final int LINE_LIMIT_BYTES = 2 * JournalFormat.MAX_PAYLOAD_BYTES + (1 << 16);

    private static final int RECORD_FORMAT = 2;

    /** Of pcap with times in nanoseconds, as cryptofeed writes it; its lowest digit is left out. */
    private static final int PACKET_CAPTURE_MAGIC = 0xA1B23C40;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final CaptureHandler handler;
    private final SourceReport report;
    private CaptureFormat format;
    private LineReader lines;
    private ReceiveTimes receiveTimes;

    /** @param forced the format to read, or null to tell it from the first line that speaks for one. */
    CaptureReader(Path file, CaptureFormat forced, CaptureHandler handler, SourceReport report) {
        this.file = file;
        this.handler = handler;
        this.report = report;
        this.format = forced;
    }

    /**
     * Reads the file, or as much as there is before {@code stop} says so.
     *
     * @param counted wraps the file's own bytes, so that progress can be shown.
     * @throws IOException if the file cannot be opened.
     */
    void read(UnaryOperator<InputStream> counted, BooleanSupplier stop) throws IOException {
        final Compression compression = Compression.of(file);
        report.compression = compression.name().toLowerCase(java.util.Locale.ROOT);
        try (InputStream raw = counted.apply(Files.newInputStream(file))) {
            final InputStream inflated;
            try {
                inflated = compression.open(raw);
            } catch (final IOException e) {
                report.problems.add("cannot be inflated: " + e.getMessage());
                return;
            }
            final LineReader reader = new LineReader(inflated, LINE_LIMIT_BYTES);
            final ReceiveTimes times = ReceiveTimes.beside(file);
            try (reader;
                    times) {
                lines = reader;
                receiveTimes = times;
                readLines(stop);
            }
        }
    }

    private void readLines(BooleanSupplier stop) {
        boolean stopped = false;
        while (!stopped && lines.next()) {
            report.lines++;
            if (lines.number() == 1 && isPacketCapture()) {
                report.problems.add("is a packet capture (pcap), which is not read: import its messages as lines");
                return;
            }
            if (lines.isTooLong()) {
                report.refuse(lines.number(), "longer than " + LINE_LIMIT_BYTES + " bytes");
            } else if (lines.isBlank()) {
                report.blankLines++;
            } else {
                final String refusal = readLine();
                if (refusal != null) {
                    report.refuse(lines.number(), refusal);
                }
            }
            stopped = stop.getAsBoolean();
        }
        report.format = format == null ? null : format.optionName();
        if (lines.failure() != null) {
            report.problems.add("breaks off after line " + lines.number() + ": " + lines.failure());
        } else if (!stopped && format == CaptureFormat.LINES && receiveTimes != null) {
            final String disagreement = receiveTimes.disagreement();
            if (disagreement != null) {
                report.problems.add(disagreement);
            }
        }
    }

    private boolean isPacketCapture() {
        return lines.length() >= 4
                && (ByteBuffer.wrap(lines.buffer())
                                        .order(ByteOrder.LITTLE_ENDIAN)
                                        .getInt(lines.offset())
                                & 0xFFFF_FFF0)
                        == PACKET_CAPTURE_MAGIC;
    }

    private String readLine() {
        final byte[] buffer = lines.buffer();
        final int offset = lines.offset();
        final int length = lines.length();
        if (format == null) {
            format = CaptureFormat.detect(buffer, offset, length);
        }
        if (format == null) {
            if (receiveTimes != null) {
                receiveTimes.next();
            }
            return "no message";
        }
        return switch (format) {
            case LINES -> readMessageLine(buffer, offset, length);
            case CRYPTOFEED -> readCryptofeedLine(buffer, offset, length);
            case CRYPTOFEED_RECORDS -> readCryptofeedRecord(buffer, offset, length);
        };
    }

    private String readMessageLine(byte[] buffer, int offset, int length) {
        report.receiveTimes = receiveTimes == null ? "message" : "ts-file";
        final long time = receiveTimes == null ? Timestamps.NO_TIME : receiveTimes.next();
        return message("", time, buffer, offset, length);
    }

    private String message(String connection, long time, byte[] buffer, int offset, int length) {
        if (length > JournalFormat.MAX_PAYLOAD_BYTES) {
            return "a message of " + length + " bytes is over the limit of " + JournalFormat.MAX_PAYLOAD_BYTES;
        }
        final String refusal = handler.onMessage(connection, time, buffer, offset, length);
        report.imported += refusal == null ? 1 : 0;
        return refusal;
    }

    private String readCryptofeedLine(byte[] buffer, int offset, int length) {
        report.receiveTimes = "capture";
        final int timeLength = CaptureFormat.timeEnd(buffer, offset, length);
        if (timeLength > 0) {
            final long time =
                    Timestamps.parseUnixSeconds(new String(buffer, offset, timeLength, StandardCharsets.ISO_8859_1));
            if (time == Timestamps.NO_TIME) {
                return "no receive time";
            }
            final int skipped = timeLength + 2;
            return message("", time, buffer, offset + skipped, length - skipped);
        }
        if (!CaptureFormat.isSideLine(buffer, offset, length)) {
            return "no receive time";
        }
        report.otherLines++;
        final String[] words = CaptureFormat.head(buffer, offset, length).split(" ", 4);
        if (words[1].equals("<->")) {
            handler.onConnected("", Timestamps.parseUnixSeconds(words[2]), words[0]);
        } else if (words[1].equals("<-")) {
            final String text = new String(buffer, offset, length, StandardCharsets.UTF_8);
            final int colon = text.indexOf(": ");
            if (colon > 0) {
                handler.onSent("", Timestamps.parseUnixSeconds(words[2].replace(":", "")), text.substring(colon + 2));
            }
        }
        return null;
    }

    private String readCryptofeedRecord(byte[] buffer, int offset, int length) {
        report.receiveTimes = "capture";
        final JsonNode node;
        try {
            node = JSON.readTree(buffer, offset, length);
        } catch (final IOException e) {
            return "no record of cryptofeed's: no JSON object";
        }
        final String connection = node.path("conn").asText();
        final long time = Timestamps.parseUnixSeconds(node.path("ts").asText());
        final String kind = node.path("t").asText();
        if (kind.equals("recv")) {
            return readReceived(node, connection, time);
        }
        if (kind.equals("header") && node.path("format").asInt() != RECORD_FORMAT) {
            return "a header of format " + node.path("format") + " where only " + RECORD_FORMAT + " is known";
        }
        switch (kind) {
            case "connect" ->
                handler.onConnected(connection, time, node.path("addr").asText());
            case "send" -> handler.onSent(connection, time, node.path("data").asText());
            case "header", "http" -> {
                // Says nothing of a feed's messages.
            }
            default -> {
                return "no record of cryptofeed's";
            }
        }
        report.otherLines++;
        return null;
    }

    private String readReceived(JsonNode node, String connection, long time) {
        if (time == Timestamps.NO_TIME) {
            return "no receive time";
        }
        if (node.has("b64")) {
            return "a binary frame";
        }
        if (!node.path("data").isTextual()) {
            return "no message in the record";
        }
        try {
            final ByteBuffer utf8 = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(node.path("data").textValue()));
            return message(connection, time, utf8.array(), utf8.arrayOffset(), utf8.remaining());
        } catch (final CharacterCodingException e) {
            return "half a character, which no UTF-8 text holds";
        }
    }
}
