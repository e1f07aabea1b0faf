package org.aegishydra.core.coinbase;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes messages that are nearly others: one to four changes each. Used by one thread. */
final class MessageMutator {
    private static final int MAX_LENGTH = 4_000;
    private static final byte[] ODD =
            "\"\\{}[]:,.-+eE0159 \n\t/:;\u0000\u0001\u0010\u0019\u001f\u007f".getBytes(US_ASCII);

    /** What stands where digits do, and looks like them to whoever looks at some of the bits. */
    private static final byte[] NEARLY_DIGITS = {
        0x10, 0x15, 0x19, 0x1f, '/', ':', ';', '?', 'P', 'Y', 'p', 'y', (byte) 0xb0, (byte) 0xb9, (byte) 0xf5, ' ', '.'
    };

    private final SplittableRandom random;
    private final List<byte[]> seeds;
    private byte[] bytes = new byte[MAX_LENGTH * 2];
    private int length;

    MessageMutator(SplittableRandom random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    byte[] next() {
        final byte[] seed = anySeed();
        System.arraycopy(seed, 0, bytes, 0, seed.length);
        length = seed.length;
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            mutate();
        }
        return Arrays.copyOf(bytes, length);
    }

    private byte[] anySeed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private void mutate() {
        if (length == 0) {
            return;
        }
        final int at = random.nextInt(length);
        switch (random.nextInt(13)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> bytes[at] = ODD[random.nextInt(ODD.length)];
            case 3 -> length = random.nextBoolean() ? at : Math.max(0, length - 1 - random.nextInt(9));
            case 4 -> insert(at, new byte[] {ODD[random.nextInt(ODD.length)]});
            case 5 -> remove(at, 1 + random.nextInt(random.nextBoolean() ? 1 : 12));
            case 6 -> insert(at, Arrays.copyOfRange(bytes, at, Math.min(length, at + 1 + random.nextInt(140))));
            case 7 -> splice(at);
            case 8 -> overwriteWord(at);
            case 9, 10 -> editNumber(at);
            case 11 -> spoilDigit(at);
            default -> swap(at);
        }
    }

    private void insert(int at, byte[] piece) {
        if (length + piece.length > MAX_LENGTH) {
            return;
        }
        System.arraycopy(bytes, at, bytes, at + piece.length, length - at);
        System.arraycopy(piece, 0, bytes, at, piece.length);
        length += piece.length;
    }

    private void remove(int at, int count) {
        final int removed = Math.min(count, length - at);
        System.arraycopy(bytes, at + removed, bytes, at, length - at - removed);
        length -= removed;
    }

    /** Goes on as another message, at a place of its own or at the same one. */
    private void splice(int at) {
        final byte[] other = anySeed();
        final int from = random.nextBoolean() ? Math.min(at, other.length) : random.nextInt(other.length);
        final int count =
                random.nextBoolean() ? other.length - from : Math.min(random.nextInt(60), other.length - from);
        length = Math.max(at + count, random.nextBoolean() ? length : 0);
        System.arraycopy(other, from, bytes, at, count);
    }

    private void overwriteWord(int at) {
        final byte[] other = anySeed();
        if (at + Long.BYTES <= length && other.length > Long.BYTES) {
            System.arraycopy(other, random.nextInt(other.length - Long.BYTES), bytes, at, Long.BYTES);
        }
    }

    private int digitFrom(int at) {
        for (int i = at; i < length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                return i;
            }
        }
        return -1;
    }

    /** Makes a number longer, shorter, finer or another one; most of these stay numbers. */
    private void editNumber(int at) {
        final int digit = digitFrom(at);
        if (digit < 0) {
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> bytes[digit] = (byte) ('0' + random.nextInt(10));
            case 1 ->
                insert(
                        digit,
                        Integer.toString(random.nextInt(1 << random.nextInt(1, 31)))
                                .getBytes(US_ASCII));
            case 2 -> insert(digit, ".".getBytes(US_ASCII));
            case 3 -> insert(digit, "0".repeat(1 + random.nextInt(9)).getBytes(US_ASCII));
            case 4 -> remove(digit, 1);
            default -> movePoint(digit);
        }
    }

    private void movePoint(int from) {
        for (int i = from; i + 1 < length && i < from + 12; i++) {
            if (bytes[i] == '.') {
                bytes[i] = bytes[i + 1];
                bytes[i + 1] = '.';
                return;
            }
        }
    }

    private void spoilDigit(int at) {
        final int digit = digitFrom(at);
        if (digit >= 0) {
            bytes[digit] = NEARLY_DIGITS[random.nextInt(NEARLY_DIGITS.length)];
        }
    }

    private void swap(int at) {
        final int other = random.nextInt(length);
        final byte moved = bytes[at];
        bytes[at] = bytes[other];
        bytes[other] = moved;
    }
}
