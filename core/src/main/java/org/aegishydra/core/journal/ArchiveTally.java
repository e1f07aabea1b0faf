package org.aegishydra.core.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * What one pass over a cycle's records saw. Two passes that saw the same have equal tallies. Used by one thread.
 */
final class ArchiveTally {
    private static final int MAX_PRODUCTS = 10_000;
    private static final int MAX_PRODUCT_LENGTH = 64;
    private static final String FURTHER_PRODUCTS = "(further)";

    /** {@code "product_id"}: a quote, eight characters, three characters. */
    private static final long PRODUCT_ = ByteBuffer.wrap("product_".getBytes(StandardCharsets.US_ASCII))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();

    private final long[] kinds = new long[RecordKind.values().length];
    private final Map<String, Long> products = new TreeMap<>();
    private final List<ArchiveManifest.Gap> gaps = new ArrayList<>();
    private final MessageDigest sha256 = sha256();
    private final byte[] product = new byte[MAX_PRODUCT_LENGTH];
    private long gapCount;
    private long firstRecord;
    private long lastRecord;
    private long firstReceiveNs;
    private long lastReceiveNs;
    private long rawBytes;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The next record.
     *
     * @throws JournalException if it does not follow the one before it.
     */
    void onRecord(RecordView view, int length) {
        final RecordHeader header = view.header;
        if (firstRecord == 0) {
            firstRecord = header.sequence;
            firstReceiveNs = header.wallTimeNs;
        } else if (header.sequence != lastRecord + 1) {
            throw new JournalException("expected record " + (lastRecord + 1) + " but found record " + header.sequence
                    + ": records are missing");
        }
        lastRecord = header.sequence;
        lastReceiveNs = header.wallTimeNs;
        kinds[header.kind.ordinal()]++;
        if (header.kind == RecordKind.MESSAGE) {
            countProduct(view.payload, length);
        } else if (header.kind == RecordKind.GAP || header.kind == RecordKind.DISCONNECTED) {
            gapCount++;
            if (gaps.size() < ArchiveManifest.GAP_LIMIT) {
                gaps.add(new ArchiveManifest.Gap(
                        header.sequence,
                        header.wallTimeNs,
                        header.kind.name(),
                        header.connectionId,
                        Fact.decode(view.payload, 0, length)));
            }
        }
    }

    /** The bytes of the next frame, inflated. */
    void onFrame(ByteBuffer raw) {
        rawBytes += raw.remaining();
        sha256.update(raw);
    }

    long lastRecord() {
        return lastRecord;
    }

    long rawBytes() {
        return rawBytes;
    }

    private void countProduct(DirectBuffer payload, int length) {
        // Behind the quote: product_, id, a quote, a colon, a quote.
        for (int i = 0; i < length - 14; i++) {
            if (payload.getByte(i) == '"'
                    && payload.getLong(i + 1, ByteOrder.LITTLE_ENDIAN) == PRODUCT_
                    && payload.getByte(i + 9) == 'i'
                    && payload.getByte(i + 10) == 'd'
                    && payload.getByte(i + 11) == '"') {
                final String name = productAt(payload, i + 12, length);
                if (name != null) {
                    final boolean known = products.size() < MAX_PRODUCTS || products.containsKey(name);
                    products.merge(known ? name : FURTHER_PRODUCTS, 1L, Long::sum);
                    return;
                }
            }
        }
    }

    private String productAt(DirectBuffer payload, int offset, int length) {
        int position = offset;
        int quotes = 0;
        int size = 0;
        for (; position < length && quotes < 2; position++) {
            final byte b = payload.getByte(position);
            if (b == '"') {
                quotes++;
            } else if (quotes == 1 && size < MAX_PRODUCT_LENGTH) {
                product[size++] = b;
            } else if (quotes == 1 || !isBetweenNameAndValue(b)) {
                return null;
            }
        }
        return quotes == 2 ? new String(product, 0, size, StandardCharsets.UTF_8) : null;
    }

    private static boolean isBetweenNameAndValue(byte b) {
        return b == ':' || b == ' ' || b == '\n' || b == '\t' || b == '\r';
    }

    /** The manifest of what was seen. May be asked for once. */
    ArchiveManifest manifest(
            Segment segment, long cycleLengthNs, int level, long compressedBytes, List<ArchiveManifest.Frame> frames) {
        final Map<String, Long> byKind = new TreeMap<>();
        for (final RecordKind kind : RecordKind.values()) {
            if (kinds[kind.ordinal()] > 0) {
                byKind.put(kind.name(), kinds[kind.ordinal()]);
            }
        }
        return new ArchiveManifest(
                ArchiveManifest.FORMAT_VERSION,
                segment.name(),
                segment.startNs(),
                cycleLengthNs,
                firstRecord,
                lastRecord,
                firstReceiveNs,
                lastReceiveNs,
                byKind,
                products,
                gapCount,
                gaps,
                rawBytes,
                compressedBytes,
                HexFormat.of().formatHex(sha256.digest()),
                level,
                frames);
    }

    /** What another pass saw differently than a manifest says, or null if nothing. */
    static String difference(ArchiveManifest expected, ArchiveManifest found) {
        final Object[][] pairs = {
            {"first record", expected.firstRecord(), found.firstRecord()},
            {"last record", expected.lastRecord(), found.lastRecord()},
            {"inflated length", expected.rawLengthBytes(), found.rawLengthBytes()},
            {"SHA-256", expected.rawSha256(), found.rawSha256()},
            {"first receive time", expected.firstReceiveNs(), found.firstReceiveNs()},
            {"last receive time", expected.lastReceiveNs(), found.lastReceiveNs()},
            {"counts by kind", expected.kinds(), found.kinds()},
            {"counts by product", expected.products(), found.products()},
            {"gaps", expected.gapCount(), found.gapCount()},
            {"gaps", expected.gaps(), found.gaps()}
        };
        for (final Object[] pair : pairs) {
            if (!Objects.equals(pair[1], pair[2])) {
                return "the " + pair[0] + " should be " + pair[1] + " and is " + pair[2];
            }
        }
        return null;
    }
}
