package org.aegishydra.recorder.faults;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.aegishydra.core.journal.RecordKind;

/**
 * A reader that tails a journal all the time, over ends and beginnings of its writers, on a thread of its own, and compares
 * it with what was sent. Its first disagreement ends it and is thrown to whoever asks next.
 */
final class TailingReader implements AutoCloseable {
    private record Question<T>(Function<JournalAgreement, T> ask, CompletableFuture<T> answer) {
        private void answerFrom(JournalAgreement agreement) {
            answer.complete(ask.apply(agreement));
        }
    }

    private static final long LIMIT_SECONDS = 120;
    private static final long POLL_MS = 1;

    private final Path journal;
    private final LoadFeed feed;
    private final Thread thread;
    private final BlockingQueue<Question<?>> questions = new LinkedBlockingQueue<>();
    private volatile Throwable failure;
    private volatile long messages;
    private volatile long records;
    private volatile long runs;
    private volatile long runMessages;
    private volatile boolean closed;

    TailingReader(Path journal, LoadFeed feed) {
        this.journal = journal;
        this.feed = feed;
        thread = new Thread(this::run, "tailing-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed && !MarketJournals.exists(journal)) {
                Thread.sleep(POLL_MS);
            }
            if (!closed) {
                tail();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final RuntimeException | Error e) {
            failure = e;
        }
        questions.forEach(question -> question.answer.cancel(false));
    }

    private void tail() throws InterruptedException {
        try (JournalAgreement agreement = new JournalAgreement(journal, feed)) {
            long messagesBeforeRun = 0;
            while (!closed) {
                final Question<?> question = questions.peek();
                final int read = agreement.advance(200);
                final long newRuns = agreement.count(RecordKind.RECORDER_STARTED);
                messages = agreement.count(RecordKind.MESSAGE);
                if (newRuns != runs) {
                    messagesBeforeRun = messages;
                    runs = newRuns;
                }
                runMessages = messages - messagesBeforeRun;
                records = agreement.lastSequence();
                if (read == 0) {
                    if (question != null) {
                        // It was asked before the journal's end was reached.
                        questions.remove(question);
                        question.answerFrom(agreement);
                    } else {
                        Thread.sleep(POLL_MS);
                    }
                }
            }
        }
    }

    /** Asks when everything is read that is in the journal now. */
    <T> T ask(Function<JournalAgreement, T> ask) throws InterruptedException {
        final Question<T> question = new Question<>(ask, new CompletableFuture<>());
        questions.add(question);
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (System.nanoTime() < deadlineNs) {
            check();
            try {
                return question.answer.get(10, TimeUnit.MILLISECONDS);
            } catch (final TimeoutException again) {
                check();
            } catch (final ExecutionException | CancellationException e) {
                check();
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("the journal's end was not reached within " + LIMIT_SECONDS + " s");
    }

    /** Asks for a number. */
    long count(ToLongFunction<JournalAgreement> ask) throws InterruptedException {
        return ask(ask::applyAsLong);
    }

    /** Throws what ended the reading. */
    void check() {
        if (failure != null) {
            throw new AssertionError("the reader ended: " + failure.getMessage(), failure);
        }
    }

    /** Messages read so far. */
    long messages() {
        return messages;
    }

    /** Messages read since the last recorder's start. */
    long runMessages() {
        return runMessages;
    }

    long records() {
        return records;
    }

    /** Recorders that have started so far. */
    long runs() {
        return runs;
    }

    /** Waits until no more faults strike, everything is recorded, and the books are live; then compares them. */
    void assertBooksOnceCaughtUp() throws InterruptedException {
        feed.strike(false);
        feed.pause();
        final Map<String, String> truth = feed.books();
        final Set<String> products = truth.keySet();
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!(feed.isDrained() && ask(agreement -> agreement.isCaughtUp() && agreement.areBooksLive(products)))) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("not all books were live and caught up within " + LIMIT_SECONDS + " s");
            }
            Thread.sleep(POLL_MS);
        }
        ask(agreement -> {
            agreement.assertBooks(truth);
            agreement.assertComplete();
            return true;
        });
        feed.resume();
        feed.strike(true);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
