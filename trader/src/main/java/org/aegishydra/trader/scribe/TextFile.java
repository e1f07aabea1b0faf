package org.aegishydra.trader.scribe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A file of ASCII text that is gathered and written in blocks. Writing allocates nothing. Used by
 * the scribe's thread.
 */
final class TextFile implements AutoCloseable {
    /** What is gathered before it is written. */
    static final int BLOCK_CHARS = 1 << 16;

    private static final int LONGEST_ROW_CHARS = 1024;

    private final Path path;
    private final OutputFile.Opener opener;
    private final ByteBuffer block;
    private final StringBuilder text = new StringBuilder(BLOCK_CHARS + LONGEST_ROW_CHARS);
    private OutputFile file;

    /**
     * A file that is not opened yet.
     *
     * @param block a direct buffer of {@link #BLOCK_CHARS}, which the scribe's files share.
     */
    TextFile(Path path, OutputFile.Opener opener, ByteBuffer block) {
        this.path = path;
        this.opener = opener;
        this.block = block;
    }

    /** Begins the file, anew if it is there. */
    TextFile open() {
        try {
            file = opener.open(path);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write to " + path, e);
        }
        return this;
    }

    boolean isOpen() {
        return file != null;
    }

    /** Takes what is appended to it, which {@link #rowEnded} ends. */
    StringBuilder text() {
        return text;
    }

    void rowEnded() {
        if (text.length() >= BLOCK_CHARS) {
            flush();
        }
    }

    /** Writes what was gathered. */
    void flush() {
        try {
            for (int from = 0; from < text.length(); from += BLOCK_CHARS) {
                final int to = Math.min(text.length(), from + BLOCK_CHARS);
                block.clear();
                for (int i = from; i < to; i++) {
                    block.put((byte) text.charAt(i));
                }
                file.write(block.flip());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write to " + path, e);
        }
        text.setLength(0);
    }

    @Override
    public void close() {
        try {
            flush();
        } finally {
            final OutputFile closed = file;
            file = null;
            close(closed);
        }
    }

    private void close(OutputFile closed) {
        try {
            closed.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        }
    }
}
