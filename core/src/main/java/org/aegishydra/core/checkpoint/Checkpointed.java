package org.aegishydra.core.checkpoint;

/**
 * Something whose state later decisions depend on. What one object has written, another one made in the same way reads
 * back, and then does what the first one would have done.
 *
 * <p>A strategy that implements this can be resumed from a checkpoint. A run whose strategy does not is resumed from its
 * first record.
 */
public interface Checkpointed {
    /** Writes all state that later decisions depend on. */
    void writeState(StateOutput output);

    /**
     * Takes over what {@link #writeState} wrote; called before anything else on an object that has just been started.
     *
     * @throws CheckpointException if that is not what is there.
     */
    void readState(StateInput input);
}
