package org.aegishydra.replayer.verify;

import org.aegishydra.core.run.RunFolder;
import org.aegishydra.replayer.diff.RunComparison;
import org.aegishydra.replayer.trial.Trial;

/** Where the decisions of two trials part, from the runs that were kept. */
final class RunDifferences implements Verdict.Differences {
    private final VerificationFolder folder;

    RunDifferences(VerificationFolder folder) {
        this.folder = folder;
    }

    @Override
    public String between(Trial first, Trial second) {
        final RunComparison comparison = RunComparison.of(run(first), run(second));
        return comparison.isSame()
                ? "the books at the end, and no decision up to record " + comparison.lastSequence()
                : comparison.difference();
    }

    private RunFolder run(Trial trial) {
        return folder.run(trial.variant(), trial.digest());
    }
}
