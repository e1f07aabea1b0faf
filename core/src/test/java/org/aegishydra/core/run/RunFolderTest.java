package org.aegishydra.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.aegishydra.core.command.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path directory;

    @Test
    void shouldCallAProductsFolderAsTheProductIsCalled() {
        final RunFolder run = new RunFolder(directory);
        for (final String product : new String[] {"BTC-USD", "1INCH-EUR", "BIP-20DEC30-CDE", "a_b.c"}) {
            assertEquals(directory.resolve(product), run.product(product));
        }
    }

    @Test
    void shouldKeepEveryProductInAFolderOfItsOwnWithinTheRun() {
        final RunFolder run = new RunFolder(directory);
        final Set<Path> folders = new HashSet<>();
        for (final String product : new String[] {
            "..",
            ".",
            "../BTC",
            "A/B",
            "A_B",
            "A%2FB",
            "A B",
            "Ä",
            "\\",
            "\n",
            "decisions",
            "steps",
            "KILL",
            "summary.json"
        }) {
            final Path folder = run.product(product);
            assertEquals(directory, folder.normalize().getParent(), product);
            assertTrue(folders.add(folder), product);
        }
        assertTrue(!folders.contains(directory.resolve("KILL")) && !folders.contains(directory.resolve("decisions")));
    }

    @Test
    void shouldBeMadeInAnEmptyPlaceOnly() throws IOException {
        final Path made = directory.resolve("runs/1");
        assertEquals(made, RunFolder.create(made).directory());
        RunFolder.create(made);
        Files.writeString(made.resolve("notes.txt"), "");
        final UsageException refused = assertThrows(UsageException.class, () -> RunFolder.create(made));
        assertEquals(
                "--out " + made + " is not empty: name a new folder, a run is never overwritten", refused.getMessage());
    }

    @Test
    void shouldOpenARunOnly() {
        final UsageException refused = assertThrows(UsageException.class, () -> RunFolder.open(directory));
        assertTrue(refused.getMessage().startsWith(directory + " holds no run"), refused.getMessage());
    }
}
