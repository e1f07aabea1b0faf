package org.aegishydra.core.journal;

/** A pass over a cycle file that is archived already: {@link #poll} until it returns 0, then ask. Used by one thread. */
public final class OriginalCheck extends CycleFilePass {
    private final ArchiveManifest manifest;

    OriginalCheck(Journal journal, RecordedSegment source, ArchiveManifest manifest) {
        super(journal, source);
        this.manifest = manifest;
    }

    /** What the archive holds differently, or null if it holds the same; to be asked once. */
    public String difference() {
        return ArchiveTally.difference(
                manifest,
                tally.manifest(
                        source.segment(),
                        manifest.cycleLengthNs(),
                        manifest.level(),
                        manifest.compressedLengthBytes(),
                        manifest.frames()));
    }
}
