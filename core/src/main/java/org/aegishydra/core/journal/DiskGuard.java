package org.aegishydra.core.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sees to it that a recording ends before the disk is full: a mapped file that cannot grow takes its process down, and
 * readers with it. Safe for use by several threads.
 */
public final class DiskGuard {
    /** The default reserve, where that is not more than {@link #DEFAULT_PERCENT} of the disk. */
    public static final long DEFAULT_RESERVE_BYTES = 2L << 30;

    /** The default reserve of a small disk. */
    public static final int DEFAULT_PERCENT = 5;

    /** The journal's pages are populated by that much ahead, and the largest message takes as much again. */
    public static final long LEAST_RESERVE_BYTES = 256L << 20;

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(%|MiB|GiB|TiB)");

    private final Path directory;
    private final FileStore store;
    private final long reserveBytes;

    private DiskGuard(Path directory, FileStore store, long reserveBytes) {
        this.directory = directory;
        this.store = store;
        this.reserveBytes = reserveBytes;
    }

    /**
     * A guard of the disk that a directory lies on.
     *
     * @param reserve what is to stay free, for example {@code 2GiB} or {@code 5%}; null for the default, the smaller of
     *     these two.
     * @throws IllegalArgumentException if the reserve is none.
     */
    public static DiskGuard of(Path directory, String reserve) {
        try {
            final FileStore store = Files.getFileStore(existing(directory));
            return new DiskGuard(directory, store, reserveBytes(reserve, store.getTotalSpace()));
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot tell how much disk is left for " + directory, e);
        }
    }

    /** The directory, or the nearest one above it that exists. */
    private static Path existing(Path directory) {
        Path path = directory.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }

    private static long reserveBytes(String reserve, long totalBytes) {
        if (reserve == null) {
            return Math.max(LEAST_RESERVE_BYTES, Math.min(DEFAULT_RESERVE_BYTES, totalBytes / 100 * DEFAULT_PERCENT));
        }
        final Matcher form = FORM.matcher(reserve);
        if (!form.matches()) {
            throw new IllegalArgumentException(reserve + ": give a size like 2GiB or a share like 5%");
        }
        final long number = Long.parseLong(form.group(1));
        final long bytes = switch (form.group(2)) {
            case "%" -> totalBytes / 100 * number;
            case "MiB" -> number << 20;
            case "GiB" -> number << 30;
            default -> number << 40;
        };
        if (bytes < LEAST_RESERVE_BYTES) {
            throw new IllegalArgumentException(
                    reserve + ", which is " + text(bytes) + " here: give at least " + text(LEAST_RESERVE_BYTES));
        }
        return bytes;
    }

    /** What the disk has left. */
    public long usableBytes() {
        try {
            return store.getUsableSpace();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot tell how much disk is left for " + directory, e);
        }
    }

    /** What is to stay free. */
    public long reserveBytes() {
        return reserveBytes;
    }

    /** Why nothing more may be written, or null if it may. */
    public String objection() {
        final long usableBytes = usableBytes();
        return usableBytes >= reserveBytes
                ? null
                : "the disk of " + directory + " has " + text(usableBytes) + " left, less than the reserve of "
                        + text(reserveBytes) + ": make room (aegis archive), or lower --disk-reserve";
    }

    static String text(long bytes) {
        return bytes >= 1L << 30
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
                : (bytes >> 20) + " MiB";
    }
}
