package org.aegishydra.replayer.trial;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;

/**
 * The own times of a run's steps in the order in which they were taken, in buckets of equally many steps: the longest of each,
 * so that no spike is lost however long the run, and the mean.
 *
 * @param firstStep the number of the first one.
 * @param stepsPerBucket how many steps a bucket holds; the last one may hold fewer.
 * @param maxNs the longest step of each bucket.
 * @param meanNs the mean step of each bucket.
 */
public record Timeline(
        @JsonProperty("first_step") long firstStep,
        @JsonProperty("steps_per_bucket") int stepsPerBucket,
        @JsonProperty("max_ns") List<Long> maxNs,
        @JsonProperty("mean_ns") List<Long> meanNs) {

    /** A timeline that is being taken; allocated once. When its buckets are full, two become one. Used by one thread. */
    static final class Recorder {
        private static final int BUCKETS = 2_048;

        private final long[] maxNs = new long[BUCKETS];
        private final long[] sumNs = new long[BUCKETS];
        private int stepsPerBucket = 1;
        private int bucket;
        private int stepsInBucket;

        void add(long stepNs) {
            if (stepsInBucket == stepsPerBucket) {
                stepsInBucket = 0;
                bucket++;
                if (bucket == BUCKETS) {
                    halve();
                }
            }
            maxNs[bucket] = Math.max(maxNs[bucket], stepNs);
            sumNs[bucket] += stepNs;
            stepsInBucket++;
        }

        private void halve() {
            for (int i = 0; i < BUCKETS / 2; i++) {
                maxNs[i] = Math.max(maxNs[2 * i], maxNs[2 * i + 1]);
                sumNs[i] = sumNs[2 * i] + sumNs[2 * i + 1];
            }
            Arrays.fill(maxNs, BUCKETS / 2, BUCKETS, 0);
            Arrays.fill(sumNs, BUCKETS / 2, BUCKETS, 0);
            bucket = BUCKETS / 2;
            stepsPerBucket *= 2;
        }

        Timeline timeline(long firstStep) {
            final int used = stepsInBucket == 0 ? bucket : bucket + 1;
            final long[] means = new long[used];
            for (int i = 0; i < used; i++) {
                means[i] = sumNs[i] / (i == bucket ? stepsInBucket : stepsPerBucket);
            }
            return new Timeline(
                    firstStep,
                    stepsPerBucket,
                    Arrays.stream(maxNs, 0, used).boxed().toList(),
                    Arrays.stream(means).boxed().toList());
        }
    }
}
