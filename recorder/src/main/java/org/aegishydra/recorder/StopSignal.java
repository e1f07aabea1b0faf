package org.aegishydra.recorder;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into a request, so that a program ends its work itself and leaves with its own exit code.
 *
 * <p>The request is run on the thread of the signal; the program has {@link #GRACE_SECONDS} to come to its end.
 */
final class StopSignal {
    /** How long a program may take to end after the signal; then the process ends without it. */
    static final int GRACE_SECONDS = 30;

    private final Runnable onRequest;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean requested;
    private volatile int exitCode;

    /** @param onRequest wakes the program up; must not block. */
    StopSignal(Runnable onRequest) {
        this.onRequest = onRequest;
    }

    /** From here on the signals are requests; {@link #exit} has to follow. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endProgram, "stop-signal"));
    }

    private void endProgram() {
        if (ended.getCount() == 0) {
            return;
        }
        requested = true;
        onRequest.run();
        try {
            if (ended.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                // The process would otherwise end with the signal's exit code, as if its work had been lost.
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the program was asked to end. */
    boolean isRequested() {
        return requested;
    }

    /** Ends the process with the program's exit code. Does not return. */
    void exit(int programExitCode) {
        exitCode = programExitCode;
        System.out.flush();
        System.err.flush();
        ended.countDown();
        System.exit(programExitCode);
    }
}
