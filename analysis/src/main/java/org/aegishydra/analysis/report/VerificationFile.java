package org.aegishydra.analysis.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.command.UsageException;

/**
 * What one verification came to, as its folder keeps it: a tree that holds all that the page cannot do without.
 *
 * @param folder of the verification.
 * @param bytes of its file.
 * @param content times in ns, unless a key names another unit.
 */
record VerificationFile(Path folder, long bytes, JsonNode content) {
    static final String NAME = "verification.json";
    static final int FORMAT = 2;

    /** Of all files of a page together: a browser is slow to open more. */
    static final long LARGEST_BYTES = 64 << 20;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Reads the file of a folder.
     *
     * @param mostBytes how large it may be.
     * @throws UsageException if there is none, or none that can be drawn; names the folder and what to do.
     */
    static VerificationFile read(Path folder, long mostBytes) {
        final Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new UsageException(
                    folder + " holds no " + NAME
                            + ": name a folder that `aegis verify --out` wrote; one that was stopped has it when it is continued");
        }
        try {
            final long bytes = Files.size(file);
            if (bytes > mostBytes) {
                throw new UsageException(folder + ": with its " + NAME + " of " + bytes
                        + " bytes the page would hold over " + LARGEST_BYTES + ": draw fewer runs on one page");
            }
            final JsonNode content = JSON.readTree(file.toFile());
            check(folder, content);
            return new VerificationFile(folder, bytes, content);
        } catch (final JsonProcessingException e) {
            throw new UsageException(folder + ": its " + NAME + " is damaged (" + e.getOriginalMessage() + ", line "
                    + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
                    + "): repeat `aegis verify` with --out " + folder + ", which writes it anew from its trials");
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static void check(Path folder, JsonNode content) {
        final JsonNode format = content.path("format");
        if (!format.isInt() || format.intValue() != FORMAT) {
            throw new UsageException(folder + ": its " + NAME
                    + (format.isMissingNode() ? " names no format" : " has format " + format)
                    + ", and this version draws format " + FORMAT
                    + ": use the version of Aegis that wrote it, or verify again");
        }
        final String unusable = NeededField.firstUnusable(content);
        if (unusable != null) {
            throw new UsageException(folder + ": its " + NAME + " has no usable " + unusable
                    + ": repeat `aegis verify` with --out " + folder + ", which writes it anew from its trials");
        }
    }

    /** The name of the variant with which the others are compared. */
    String reference() {
        return content.get("reference").textValue();
    }

    /** The names of all variants, in their order. */
    List<String> variants() {
        final List<String> names = new ArrayList<>();
        content.get("variants").forEach(variant -> names.add(variant.get("name").textValue()));
        return names;
    }

    /** The paths of the fields that parts of the page lack, by the section that does. */
    Map<String, List<String>> missingBySection() {
        return NeededField.missingBySection(content);
    }
}
