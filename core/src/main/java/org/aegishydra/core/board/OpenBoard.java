package org.aegishydra.core.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import net.openhft.chronicle.map.ChronicleMap;

/**
 * The board that a recorder has made, as another process has it mapped; follows a recorder that starts anew. Mapped for
 * reading and writing, since Chronicle Map knows no other way: the process needs the right to write the file. Used under its
 * owner's lock.
 */
final class OpenBoard {
    private final Path file;
    private final BoardEntry[] entries = new BoardEntry[BoardFile.ENTRIES];
    private ChronicleMap<Integer, BoardEntry> map;
    private Object fileKey;

    OpenBoard(Path journalDirectory) {
        file = journalDirectory.resolve(BoardFile.NAME);
        open();
    }

    private void open() {
        if (Files.notExists(file)) {
            throw new BoardException("no status board in " + file.getParent()
                    + ": name the journal of a recorder that runs (`aegis record --journal DIR`)");
        }
        try {
            final String fault = BoardFile.fault(file);
            if (fault != null) {
                throw new BoardException(file + " " + fault + ": the next recorder makes it anew");
            }
            if (!Files.isWritable(file)) {
                throw new BoardException(
                        "no right to write " + file + ", which a reader maps too: run as the user that records");
            }
            fileKey = fileKey();
            map = BoardFile.open(file.toFile());
            for (int key = 0; key < entries.length; key++) {
                entries[key] = map.getUsing(key, new BoardEntry());
                if (entries[key] == null || !entries[key].isOfThisVersion()) {
                    throw new BoardException(
                            file
                                    + " is a status board of another version of Aegis: the next recorder of this one makes it anew");
                }
            }
        } catch (final BoardException e) {
            close();
            throw e;
        } catch (final IOException | RuntimeException e) {
            close();
            throw new BoardException("cannot open the status board " + file + ": " + e, e);
        }
    }

    private Object fileKey() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /**
     * Opens the board anew if a recorder has replaced it. Returns whether one had.
     *
     * @throws BoardException if it was replaced by something else, or is closed.
     */
    boolean followReplacement() {
        if (map == null) {
            throw new BoardException("the view of " + file + " is closed");
        }
        final Object now;
        try {
            now = fileKey();
        } catch (final IOException deleted) {
            // The recorder goes on with what it has mapped, and so do the others.
            return false;
        }
        if (now.equals(fileKey)) {
            return false;
        }
        close();
        open();
        return true;
    }

    Path file() {
        return file;
    }

    BoardEntry entry(int key) {
        return entries[key];
    }

    void close() {
        if (map != null) {
            map.close();
            map = null;
        }
    }
}
