package org.aegishydra.analysis;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Counts findings and keeps the first of them. Used by one thread. */
final class FirstFew<T> {
    private final int limit;
    private final List<T> list = new ArrayList<>();
    private long count;

    FirstFew(int limit) {
        this.limit = limit;
    }

    /**
     * A finding.
     *
     * @param finding makes it; called only if it is kept.
     */
    void add(Supplier<T> finding) {
        count++;
        if (list.size() < limit) {
            list.add(finding.get());
        }
    }

    Findings<T> findings() {
        return new Findings<>(count, limit, count - list.size(), List.copyOf(list));
    }

    /**
     * All findings of a sort.
     *
     * @param listLimit the most that are listed.
     * @param notListed how many are counted only.
     * @param list the first of them.
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Findings<T>(long count, int listLimit, long notListed, List<T> list) {}
}
