package org.aegishydra.core.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * SIGINT and SIGTERM as a wish to stop: the program sees it, ends its work and says what was kept, and the process ends
 * with the program's exit code. A program that does not come to an end within {@link #LONGEST_STOP_SECONDS} is ended with
 * exit code 1. One at a time in a process; thread safe.
 */
public final class StopSignal implements AutoCloseable {
    /** How long a program may take to end its work. */
    public static final int LONGEST_STOP_SECONDS = 30;

    private static final CountDownLatch ENDED = new CountDownLatch(1);
    private static final AtomicInteger EXIT_CODE = new AtomicInteger(Program.FAILED);

    private final CountDownLatch raised = new CountDownLatch(1);
    private final AtomicReference<Runnable> onRaise = new AtomicReference<>(() -> {});
    private final Thread hook = new Thread(this::stop, "stop-signal");

    private StopSignal() {}

    /** From here on the signals do not end the process at once. */
    public static StopSignal install() {
        final StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Something to do when the signal comes, on a thread of its own: to wake up who waits. Replaces what was given before. */
    public void onRaise(Runnable action) {
        onRaise.set(action);
    }

    /** Whether the signal came. */
    public boolean isRaised() {
        return raised.getCount() == 0;
    }

    private void stop() {
        raised.countDown();
        onRaise.get().run();
        int exitCode = Program.FAILED;
        try {
            if (ENDED.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                exitCode = EXIT_CODE.get();
            } else {
                System.err.println("stopping took over " + LONGEST_STOP_SECONDS + " s, giving up");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        // A process that a signal ends would otherwise exit with 128 + the signal's number.
        Runtime.getRuntime().halt(exitCode);
    }

    /** The program has said everything, a failure too: where a signal came, the process ends with this exit code. */
    static void programEnded(int exitCode) {
        EXIT_CODE.set(exitCode);
        ENDED.countDown();
    }

    /** From here on the signals end the process at once again; one that came already still waits for the program. */
    @Override
    public void close() {
        if (!isRaised()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (final IllegalStateException e) {
                // The signal comes just now, and the hook ends the process.
                Thread.onSpinWait();
            }
        }
    }
}
