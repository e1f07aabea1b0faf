package org.aegishydra.replayer.verify;

import org.aegishydra.core.run.RunFolder;
import org.aegishydra.replayer.diff.RunComparison;

/** Where the decisions of two contenders part, from the runs that were kept of them. */
final class RunDifferences implements Verdict.Differences {
    private final Question question;
    private final VerificationFolder folder;

    RunDifferences(Question question, VerificationFolder folder) {
        this.question = question;
        this.folder = folder;
    }

    @Override
    public String between(String first, String second) {
        return RunComparison.of(run(first), run(second)).difference();
    }

    private RunFolder run(String name) {
        return question.contenders().stream()
                .filter(contender -> contender.name().equals(name))
                .map(folder::run)
                .findFirst()
                .orElseThrow();
    }
}
