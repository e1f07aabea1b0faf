package org.aegishydra.jmh.journal;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a benchmark has replayed: JMH turns the counters into rates, and sets them to 0 before each iteration. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class ReplayedMessages {
    /** Messages replayed. */
    public long messages;

    /** Their payloads' bytes. */
    public long bytes;

    /** Levels of books that they changed; 0 where no books are kept. */
    public long levels;

    /** The CPU time of the replaying thread, in ns: unlike the time that passes, it leaves out what else the machine does. */
    public long cpuNs;
}
