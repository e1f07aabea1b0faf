package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client's HTTP request to upgrade to a WebSocket, and the server's answers. */
final class Handshake {
    private static final int MAX_REQUEST_BYTES = 1 << 14;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final String requestLine;
    private final Map<String, String> fields = new TreeMap<>();

    private Handshake(String request) {
        final String[] lines = request.split("\r\n", -1);
        requestLine = lines[0];
        for (int i = 1; i < lines.length; i++) {
            final int colon = lines[i].indexOf(':');
            if (colon > 0) {
                fields.merge(
                        lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip(),
                        (one, more) -> one + ", " + more);
            }
        }
    }

    /** Reads a request up to its empty line. */
    static Handshake read(InputStream in) throws IOException {
        final ByteArrayOutputStream request = new ByteArrayOutputStream();
        int state = 0;
        while (state < 4) {
            final int b = in.read();
            if (b < 0) {
                throw new EOFException("the client left during the handshake");
            }
            if (request.size() == MAX_REQUEST_BYTES) {
                throw new IOException("the client's request is over " + MAX_REQUEST_BYTES + " bytes");
            }
            request.write(b);
            state = b == (state % 2 == 0 ? '\r' : '\n') ? state + 1 : b == '\r' ? 1 : 0;
        }
        return new Handshake(request.toString(ISO_8859_1));
    }

    String requestLine() {
        return requestLine;
    }

    /** A header field, or an empty text. */
    String field(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    boolean offersDeflate() {
        return field("Sec-WebSocket-Extensions").contains("permessage-deflate");
    }

    /**
     * The answer that opens the connection.
     *
     * @param extension what is agreed on; null for nothing.
     */
    byte[] accepted(String extension) {
        return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + acceptKey() + "\r\n"
                        + (extension == null ? "" : "Sec-WebSocket-Extensions: " + extension + "\r\n") + "\r\n")
                .getBytes(ISO_8859_1);
    }

    private String acceptKey() {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((field("Sec-WebSocket-Key") + GUID).getBytes(ISO_8859_1)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** An answer that refuses. */
    static byte[] refused(int status, String... headers) {
        final StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + " Refused\r\n");
        for (final String header : headers) {
            answer.append(header).append("\r\n");
        }
        return answer.append("Content-Length: 0\r\nConnection: close\r\n\r\n")
                .toString()
                .getBytes(ISO_8859_1);
    }
}
