package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Supplier;

/**
 * A message of the feed before it goes to a connection: one for all connections, apart from the number that each gives
 * it. A large one is made only when it is sent. Immutable.
 */
final class LoadMessage {
    private static final byte[] NONE = {};

    private final byte[] head;
    private final Supplier<byte[]> tail;
    private final boolean numbered;
    final boolean isBookSnapshot;

    private LoadMessage(byte[] head, Supplier<byte[]> tail, boolean numbered, boolean isBookSnapshot) {
        this.head = head;
        this.tail = tail;
        this.numbered = numbered;
        this.isBookSnapshot = isBookSnapshot;
    }

    /** A message with the connection's number between two texts. */
    static LoadMessage numbered(String head, String tail) {
        final byte[] bytes = tail.getBytes(UTF_8);
        return new LoadMessage(head.getBytes(UTF_8), () -> bytes, true, false);
    }

    static LoadMessage numberedSnapshot(String head, Supplier<String> tail) {
        return new LoadMessage(head.getBytes(UTF_8), () -> tail.get().getBytes(UTF_8), true, true);
    }

    static LoadMessage plain(String text) {
        return new LoadMessage(text.getBytes(UTF_8), () -> NONE, false, false);
    }

    static LoadMessage plainSnapshot(Supplier<String> text) {
        return new LoadMessage(NONE, () -> text.get().getBytes(UTF_8), false, true);
    }

    /** The message's bytes on a connection. */
    byte[] bytes(long number) {
        final byte[] middle = numbered ? Long.toString(number).getBytes(UTF_8) : NONE;
        final byte[] end = tail.get();
        final byte[] bytes = new byte[head.length + middle.length + end.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(middle, 0, bytes, head.length, middle.length);
        System.arraycopy(end, 0, bytes, head.length + middle.length, end.length);
        return bytes;
    }
}
