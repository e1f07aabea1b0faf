package org.aegishydra.replayer.fixes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.aegishydra.core.run.RunFolder;

/** The folders of a run's products, made when they are first needed. Used by the trading thread. */
final class ProductFolders {
    private final RunFolder run;
    private final Map<String, Path> folders = new HashMap<>();

    ProductFolders(RunFolder run) {
        this.run = run;
    }

    Path of(String productId) {
        return folders.computeIfAbsent(productId, this::create);
    }

    private Path create(String productId) {
        final Path folder = run.product(productId);
        try {
            return Files.createDirectories(folder);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
    }
}
