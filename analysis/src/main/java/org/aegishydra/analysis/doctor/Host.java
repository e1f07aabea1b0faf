package org.aegishydra.analysis.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host as its files tell of it: {@code /proc}, {@code /sys} and {@code /run} below a root, and a few programs that are
 * asked. Only reads.
 *
 * @param root what stands for {@code /}; a test lays out one of its own.
 * @param programs runs a command and gives its standard output; empty where there is none or it fails.
 */
record Host(Path root, Function<List<String>, Optional<String>> programs) {
    private static final int LONGEST_TEXT_BYTES = 1 << 20;

    /** The trimmed text of a file; empty if it cannot be read. */
    Optional<String> text(String path) {
        try (FileChannel file = FileChannel.open(at(path))) {
            // The kernel's settings answer the first read only; Files.readString begins with a single byte.
            final ByteBuffer text = ByteBuffer.allocate(LONGEST_TEXT_BYTES);
            while (text.hasRemaining() && file.read(text) > 0) {
                Thread.onSpinWait();
            }
            return Optional.of(
                    StandardCharsets.ISO_8859_1.decode(text.flip()).toString().strip());
        } catch (final IOException e) {
            return Optional.empty();
        }
    }

    /** A file that holds one whole number; empty if there is none. */
    OptionalLong number(String path) {
        return text(path).map(Host::parse).orElse(OptionalLong.empty());
    }

    /** The number behind a label, as in {@code MemTotal:  123 kB}. */
    OptionalLong number(String path, String label) {
        final Matcher line = Pattern.compile("(?m)^" + Pattern.quote(label) + "\\s+(\\d{1,18})\\b")
                .matcher(text(path).orElse(""));
        return line.find() ? OptionalLong.of(Long.parseLong(line.group(1))) : OptionalLong.empty();
    }

    boolean exists(String path) {
        return Files.exists(at(path));
    }

    /** The names in a directory that match a pattern, sorted; none if it cannot be read. */
    List<String> names(String directory, String glob) {
        final List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(at(directory), glob)) {
            found.forEach(path -> names.add(path.getFileName().toString()));
        } catch (final IOException e) {
            return List.of();
        }
        names.sort(null);
        return names;
    }

    Optional<String> ask(String... command) {
        return programs.apply(List.of(command)).map(String::strip);
    }

    private Path at(String path) {
        return root.resolve(path.substring(1));
    }

    private static OptionalLong parse(String text) {
        return text.matches("-?\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
