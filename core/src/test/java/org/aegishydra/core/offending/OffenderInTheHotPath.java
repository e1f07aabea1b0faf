package org.aegishydra.core.offending;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import org.aegishydra.core.latency.HotPath;

/** Does everything that a class in the hot path must not do. */
@HotPath
public final class OffenderInTheHotPath {
    void logs(Logger logger) {
        logger.info("slow");
    }

    void logsThroughAFacade(org.slf4j.Logger logger) {
        logger.info("slow");
    }

    void prints() {
        System.out.println("slow");
    }

    long readsAFile(Path file) throws IOException {
        return Files.size(file);
    }

    void locks(ReentrantLock lock) {
        lock.lock();
    }

    void boxesIntoAList(List<Long> list) {
        list.add(1L);
    }

    void boxesIntoAMap(ConcurrentHashMap<Long, Long> map) {
        map.put(1L, 2L);
    }

    long takesAClock(Clock clock) {
        return clock.millis();
    }

    long readsNanoTime() {
        return System.nanoTime();
    }

    long readsMillis() {
        return System.currentTimeMillis();
    }

    Instant readsAnInstant() {
        return Instant.now();
    }

    LongSupplier handsOnNanoTime() {
        return System::nanoTime;
    }

    String formats(long value) {
        return String.format(Locale.ROOT, "%d", value);
    }

    synchronized void synchronizes() {
        notifyAll();
    }

    /** Belongs to the hot path as its outer class does. */
    public static final class Nested {
        long readsNanoTime() {
            return System.nanoTime();
        }
    }
}
