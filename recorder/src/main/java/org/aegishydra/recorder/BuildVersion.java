package org.aegishydra.recorder;

/** The version that a journal names as its writer's. */
final class BuildVersion {
    private BuildVersion() {}

    /** The version of the jar that this class was loaded from, or {@code unpackaged} if it was none. */
    static String current() {
        final String version = BuildVersion.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
