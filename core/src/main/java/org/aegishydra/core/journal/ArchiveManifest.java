package org.aegishydra.core.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What an archived cycle holds and where, as the JSON file beside its records. The file ends with a CRC-32C of all that
 * stands before it, so that a manifest is either right or refused.
 *
 * @param formatVersion {@link #FORMAT_VERSION}.
 * @param cycle the cycle's name.
 * @param cycleStartNs where the cycle's time begins, in nanoseconds since the epoch.
 * @param cycleLengthNs the length of that time.
 * @param firstRecord the first record's sequence.
 * @param lastRecord the last record's sequence; all between are there.
 * @param firstReceiveNs the first record's wall time.
 * @param lastReceiveNs the last record's wall time.
 * @param kinds how many records there are of each kind.
 * @param products how many messages name each product, by the first one that a message names.
 * @param gapCount how many facts of loss there are.
 * @param gaps the first {@link #GAP_LIMIT} of them.
 * @param rawLengthBytes the length of the inflated records file.
 * @param compressedLengthBytes the length of the records file.
 * @param rawSha256 the SHA-256 of the inflated records file.
 * @param level zstd's compression level.
 * @param frames the index.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ArchiveManifest(
        int formatVersion,
        String cycle,
        long cycleStartNs,
        long cycleLengthNs,
        long firstRecord,
        long lastRecord,
        long firstReceiveNs,
        long lastReceiveNs,
        Map<String, Long> kinds,
        Map<String, Long> products,
        long gapCount,
        List<Gap> gaps,
        long rawLengthBytes,
        long compressedLengthBytes,
        String rawSha256,
        int level,
        List<Frame> frames) {
    /** The version of the files that this build writes and reads. */
    public static final int FORMAT_VERSION = 1;

    /** The most facts of loss that a manifest lists. */
    public static final int GAP_LIMIT = 10_000;

    /** The largest frame: a record of the largest size. */
    static final int MAX_FRAME_BYTES = JournalFormat.MAX_PAYLOAD_BYTES + 4096;

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true);
    private static final String SEAL_START = ",\"crc32c\":\"";
    private static final String SEAL_END = "\"}\n";
    private static final int SEAL_LENGTH = SEAL_START.length() + 8 + SEAL_END.length();

    /** A fact that tells of lost messages. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Gap(long record, long receiveNs, String kind, int connectionId, JsonNode detail) {}

    /**
     * A zstd frame of its own.
     *
     * @param firstRecord the sequence of its first record.
     * @param records how many follow one another in it.
     * @param firstEventNs the event time of its first record, counted from the cycle's first record.
     * @param lastEventNs the event time of its last record.
     * @param offsetBytes where it begins in the records file.
     * @param lengthBytes its length there.
     * @param rawLengthBytes its length when inflated.
     * @param crc32c of the frame as it stands in the file.
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Frame(
            long firstRecord,
            int records,
            long firstEventNs,
            long lastEventNs,
            long offsetBytes,
            int lengthBytes,
            int rawLengthBytes,
            long crc32c) {
        long lastRecord() {
            return firstRecord + records - 1;
        }
    }

    public ArchiveManifest {
        // Sorted, so that equal archives have equal manifests.
        kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
        products = Collections.unmodifiableMap(new TreeMap<>(products));
        gaps = List.copyOf(gaps);
        frames = List.copyOf(frames);
    }

    /** How many records there are. */
    public long records() {
        return lastRecord - firstRecord + 1;
    }

    /**
     * Reads an archived segment's manifest.
     *
     * @throws JournalException if it is damaged, or written in another format.
     * @throws NoSuchFileException if it is not there.
     */
    public static ArchiveManifest read(Path directory, Segment segment) throws NoSuchFileException {
        final Path file = segment.manifestFile(directory);
        final byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (final NoSuchFileException e) {
            throw e;
        } catch (final IOException e) {
            throw new JournalException("cannot read archive manifest " + file + ": " + e, e);
        }
        final int end = bytes.length - SEAL_LENGTH;
        if (end < 1 || !Arrays.equals(bytes, end, bytes.length, seal(bytes, end), 0, SEAL_LENGTH)) {
            throw new JournalException("archive manifest " + file + " is damaged: it does not match its CRC-32C");
        }
        try {
            bytes[end] = '}';
            final JsonNode json = JSON.readTree(bytes, 0, end + 1);
            if (json.path("format_version").asInt() != FORMAT_VERSION) {
                throw new JournalException("archive manifest " + file + " has format version "
                        + json.path("format_version") + ", and this build reads version " + FORMAT_VERSION
                        + ": use the build that wrote it, or a later one");
            }
            return JSON.treeToValue(json, ArchiveManifest.class).checked(file, segment);
        } catch (final IOException e) {
            throw new JournalException("archive manifest " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private ArchiveManifest checked(Path file, Segment segment) {
        long record = firstRecord;
        long offset = 0;
        long raw = 0;
        boolean sound = cycle.equals(segment.name()) && firstRecord > 0;
        for (final Frame frame : frames) {
            sound &= frame.firstRecord == record && frame.records > 0;
            sound &= frame.offsetBytes == offset && frame.lengthBytes > 0;
            sound &= frame.rawLengthBytes > 0 && frame.rawLengthBytes <= MAX_FRAME_BYTES;
            record += frame.records;
            offset += frame.lengthBytes;
            raw += frame.rawLengthBytes;
        }
        if (!sound || record != lastRecord + 1 || offset != compressedLengthBytes || raw != rawLengthBytes) {
            throw new JournalException("archive manifest " + file + " contradicts itself, or was renamed");
        }
        return this;
    }

    /** The file's bytes. */
    byte[] encode() {
        final byte[] json;
        try {
            json = JSON.writeValueAsBytes(this);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        final int end = json.length - 1;
        final byte[] bytes = Arrays.copyOf(json, end + SEAL_LENGTH);
        System.arraycopy(seal(bytes, end), 0, bytes, end, SEAL_LENGTH);
        return bytes;
    }

    private static byte[] seal(byte[] bytes, int end) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, end);
        return (SEAL_START + HexFormat.of().toHexDigits((int) crc.getValue()) + SEAL_END)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The frame that holds a record of this archive. */
    int frameOf(long sequence) {
        int low = 0;
        int high = frames.size() - 1;
        while (low < high) {
            final int middle = (low + high + 1) >>> 1;
            if (frames.get(middle).firstRecord <= sequence) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
