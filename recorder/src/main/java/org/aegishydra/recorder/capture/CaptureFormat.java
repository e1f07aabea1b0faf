package org.aegishydra.recorder.capture;

import java.nio.charset.StandardCharsets;

/** The layouts of a capture that can be read. */
public enum CaptureFormat {
    /** One message a line; receive times, if there are any, in a file beside it. */
    LINES("lines"),

    /**
     * cryptofeed's text: {@code <receive seconds>: <message>} a line, and lines that tell of a connection
     * ({@code <url> <-> <seconds>}), of what it sent ({@code <url> <- <seconds>: <message>}), of an HTTP answer
     * ({@code <url> -> <seconds>: <text>}) or of the configuration.
     */
    CRYPTOFEED("cryptofeed"),

    /**
     * cryptofeed's records, one JSON object a line: {@code {"t":"recv","conn":…,"ts":…,"data":"<message>"}}, after a
     * header, and among records of kind {@code connect}, {@code send} and {@code http}.
     */
    CRYPTOFEED_RECORDS("cryptofeed-records");

    private static final int HEAD_BYTES = 512;

    private final String optionName;

    CaptureFormat(String optionName) {
        this.optionName = optionName;
    }

    /** The name that commands use. */
    public String optionName() {
        return optionName;
    }

    @Override
    public String toString() {
        return optionName;
    }

    /** The format that a line speaks for, or null if it is no line of any. */
    static CaptureFormat detect(byte[] buffer, int offset, int length) {
        final String head = head(buffer, offset, length).stripLeading();
        if (head.startsWith("{")) {
            final boolean isRecord = head.matches("(?s)\\{\\s*\"t\"\\s*:\\s*\"(header|connect|send|recv|http)\".*")
                    || (head.contains("\"t\":") && head.contains("\"conn\":") && head.contains("\"ts\":"));
            return isRecord ? CRYPTOFEED_RECORDS : LINES;
        }
        return timeEnd(buffer, offset, length) > 0 || isSideLine(buffer, offset, length) ? CRYPTOFEED : null;
    }

    /** The length of the {@code <receive seconds>} before a message in cryptofeed's text, or -1 if there is none. */
    static int timeEnd(byte[] buffer, int offset, int length) {
        for (int i = 0; i < Math.min(length - 1, 32); i++) {
            final byte b = buffer[offset + i];
            if (b == ':') {
                return i > 0 && buffer[offset + i + 1] == ' ' ? i : -1;
            }
            if ((b < '0' || b > '9') && b != '.') {
                return -1;
            }
        }
        return -1;
    }

    /** Whether a line of cryptofeed's text tells of something else than a received message. */
    static boolean isSideLine(byte[] buffer, int offset, int length) {
        final String head = head(buffer, offset, length);
        return head.startsWith("configuration: ") || head.matches("(?s)(wss?|https?)://\\S+ (<->|<-|->) \\d.*");
    }

    static String head(byte[] buffer, int offset, int length) {
        return new String(buffer, offset, Math.min(length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
    }
}
