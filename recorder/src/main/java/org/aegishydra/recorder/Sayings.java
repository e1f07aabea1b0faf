package org.aegishydra.recorder;

import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints lines for people on a thread of its own: a terminal that was stopped, or a pipe that nobody reads, must not stop a
 * recording. What does not fit the queue is counted. Safe for use by several threads.
 */
final class Sayings {
    private static final int MAX_WAITING_LINES = 1000;
    private static final long END_LIMIT_MS = 2_000;

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING_LINES);
    private final AtomicLong unsaid = new AtomicLong();
    private final PrintStream out;
    private final Thread thread = new Thread(this::run, "sayings");
    private volatile boolean ended;

    Sayings(PrintStream out) {
        this.out = out;
        thread.setDaemon(true);
        thread.start();
    }

    /** Prints a text as it is, when its turn comes. */
    void print(String text) {
        if (!waiting.offer(text)) {
            unsaid.incrementAndGet();
        }
    }

    private void run() {
        try {
            while (!ended || !waiting.isEmpty()) {
                final String text = waiting.poll(20, TimeUnit.MILLISECONDS);
                if (text != null) {
                    out.print(text);
                    out.flush();
                }
                final long count = waiting.isEmpty() ? unsaid.getAndSet(0) : 0;
                if (count > 0) {
                    out.println("(" + count + " lines were not printed in time)");
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when all was printed, or nobody reads it. */
    void end() throws InterruptedException {
        ended = true;
        thread.join(END_LIMIT_MS);
    }
}
