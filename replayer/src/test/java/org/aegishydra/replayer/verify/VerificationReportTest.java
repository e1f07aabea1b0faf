package org.aegishydra.replayer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationReportTest {
    @Test
    void shouldTellTheCommandAsAShellTakesIt() {
        assertEquals(
                "aegis verify --journal data/btc '--set=a b' --before-classpath 'old/lib/*' --out '$HOME/it'\\''s' ''",
                VerificationReport.asTyped(List.of(
                        "@jvm.flags",
                        "-cp",
                        "lib/*",
                        VerifyMain.class.getName(),
                        "--journal",
                        "data/btc",
                        "--set=a b",
                        "--before-classpath",
                        "old/lib/*",
                        "--out",
                        "$HOME/it's",
                        "")));
        assertEquals("java -cp 'lib/*' Other", VerificationReport.asTyped(List.of("-cp", "lib/*", "Other")));
    }
}
