package org.aegishydra.core.latency;

/** What can make a step late that is not the step's own work. */
public enum StallCause {
    /** The JVM stood still. */
    SAFEPOINT("safepoint"),
    /** The thread was ready and had no CPU. */
    RUN_DELAY("run delay"),
    /** The thread waited for a block device. */
    BLOCK_DELAY("block delay"),
    /** The thread neither ran nor waited for a CPU: it was blocked in the kernel, or the host had taken the CPU. */
    OFF_CPU("off CPU"),
    /** The control thread, which does nothing but sleep, woke as late at the same time. */
    CONTROL_THREAD("control thread"),
    /** The thread took page faults, and none of the above covers the time. */
    PAGE_FAULTS("page faults"),
    /** Nothing that was watched tells. */
    UNEXPLAINED("unexplained");

    private final String displayName;

    StallCause(String displayName) {
        this.displayName = displayName;
    }

    /** The name in tables. */
    public String displayName() {
        return displayName;
    }
}
