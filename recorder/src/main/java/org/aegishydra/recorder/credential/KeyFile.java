package org.aegishydra.recorder.credential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.aegishydra.core.command.UsageException;

/** Reads a key's file, if nobody but its owner can. A symbolic link is followed, and the rules hold for what it leads to. */
final class KeyFile {
    private static final int MAX_BYTES = 1 << 16;
    private static final int OTHERS = 0077;
    private static final int PERMISSIONS = 0777;
    private static final ObjectMapper JSON = new ObjectMapper();

    private KeyFile() {}

    /** The texts in a file's JSON object. */
    static KeyFields read(Path file) {
        final String origin = "--key-file " + file;
        final byte[] content;
        try {
            final Path real = file.toRealPath();
            checkAccess(origin, real);
            content = content(origin, real);
        } catch (final NoSuchFileException e) {
            throw new UsageException(origin + " does not exist: give the key file that Coinbase let you download");
        } catch (final IOException e) {
            throw new UsageException(origin + " cannot be read: " + e.getClass().getSimpleName());
        }
        return KeyFields.ofFile(origin, texts(origin, content));
    }

    private static void checkAccess(String origin, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(origin + " is no file: give the key file that Coinbase let you download");
        }
        final int mode;
        final long owner;
        try {
            mode = (Integer) Files.getAttribute(file, "unix:mode") & PERMISSIONS;
            owner = Integer.toUnsignedLong((Integer) Files.getAttribute(file, "unix:uid"));
        } catch (final UnsupportedOperationException | IllegalArgumentException e) {
            throw new UsageException(origin + " is on a system without POSIX permissions: give the key in variables");
        }
        if ((mode & OTHERS) != 0) {
            throw new UsageException(
                    origin + " can be used by others (mode " + Integer.toOctalString(mode) + "): chmod 600 " + file);
        }
        final long self = new UnixSystem().getUid();
        if (owner != self && owner != 0 && self != 0) {
            throw new UsageException(origin + " belongs to another user (uid " + owner + ", this is " + self
                    + "): copy it, with mode 600");
        }
        if (!Files.isReadable(file)) {
            throw new UsageException(
                    origin + " cannot be read (mode " + Integer.toOctalString(mode) + "): chmod 600 " + file);
        }
    }

    private static byte[] content(String origin, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new UsageException(origin + " is larger than " + MAX_BYTES + " bytes, so it is no key file");
            }
            return content;
        }
    }

    /** Nothing of what Jackson says is repeated but the place: its words quote the file. */
    private static Map<String, String> texts(String origin, byte[] content) {
        final JsonNode tree;
        try {
            tree = JSON.readTree(content);
        } catch (final JsonProcessingException e) {
            throw new UsageException(
                    origin + " is no JSON (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + "): give the key file that Coinbase let you download");
        } catch (final IOException e) {
            throw new UsageException(origin + " cannot be read: " + e.getClass().getSimpleName());
        }
        if (!tree.isObject()) {
            throw new UsageException(origin + " is no JSON object: give the key file that Coinbase let you download");
        }
        final Map<String, String> texts = new HashMap<>();
        tree.properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                texts.put(field.getKey(), field.getValue().textValue());
            }
        });
        return texts;
    }
}
