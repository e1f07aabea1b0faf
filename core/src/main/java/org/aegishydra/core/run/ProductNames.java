package org.aegishydra.core.run;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * The products that a run's records name, numbered from 0 as they appear: a name is told by its bytes, and a string of it is
 * made once. Used by one thread.
 */
@HotPath
public final class ProductNames {
    private static final int WORDS = ProductName.LENGTH_BYTES / Long.BYTES;

    private long[] words = new long[16 * WORDS];
    private String[] names = new String[16];
    private int count;
    private int last;

    /** The number of a step's product. */
    public int indexOf(StepRecord step) {
        return indexOf(step.buffer(), StepRecord.PRODUCT);
    }

    /** The number of a decision's product. */
    public int indexOf(DecisionRecord decision) {
        return indexOf(decision.buffer(), DecisionRecord.PRODUCT);
    }

    private int indexOf(DirectBuffer record, int offset) {
        if (count > 0 && isAt(last, record, offset)) {
            return last;
        }
        for (int i = 0; i < count; i++) {
            if (isAt(i, record, offset)) {
                last = i;
                return i;
            }
        }
        last = add(record, offset);
        return last;
    }

    private boolean isAt(int index, DirectBuffer record, int offset) {
        for (int i = 0; i < WORDS; i++) {
            if (words[index * WORDS + i] != word(record, offset, i)) {
                return false;
            }
        }
        return true;
    }

    private static long word(DirectBuffer record, int offset, int number) {
        return record.getLong(offset + number * Long.BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    private int add(DirectBuffer record, int offset) {
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
            words = Arrays.copyOf(words, words.length * 2);
        }
        for (int i = 0; i < WORDS; i++) {
            words[count * WORDS + i] = word(record, offset, i);
        }
        names[count] = ProductName.get(record, offset);
        return count++;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    public String name(int index) {
        return names[index];
    }
}
