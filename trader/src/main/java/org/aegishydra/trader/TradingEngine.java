package org.aegishydra.trader;

import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.RecordSource;
import org.aegishydra.core.latency.HotPath;
import org.aegishydra.core.latency.LatencyTrace;
import org.aegishydra.core.latency.StepTimes;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.MarkRecord;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.paper.DecisionSink;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * The way from a record to a decision, the same for a live tail and for a replay: it cannot tell which of the two hands
 * it records. A step is one message that changes the book or the trades of a traded product (a message about several
 * products is a step of each). A fact is no step: a takeover's book and trades are what the product's next step finds.
 * Run by one thread.
 */
@HotPath
public final class TradingEngine implements Agent, RecordHandler, DecisionSink, Checkpointed {
    /** The most records that one duty cycle handles. */
    private static final int RECORDS_PER_CYCLE = 64;

    private final TradingSettings settings;
    private final RecordSource records;
    private final ControlSource controls;
    private final DecisionJournal decisions;
    private final StepObserver observer;
    private final StepTimes times;
    private final Market market;
    private final ProductTraders traders;
    private final LatencyTrace trace = new LatencyTrace();
    private final EngineProgress progress = new EngineProgress();
    private final long spikeThresholdNs;
    private final long[] messagesByKind = new long[MessageKind.values().length];

    private boolean tradingEnabled = true;
    private boolean killed;
    private boolean stopped;
    private long firstSequence;
    private long lastSequence;
    private long firstEventTimeNs;
    private long lastEventTimeNs;
    private int lastCrc32c;
    private int controlCount;
    private long recordCount;
    private long steps;
    private long spikes;

    /**
     * An engine that has not started.
     *
     * @param records what it is fed with.
     * @param controls inputs that are not among the records.
     * @param decisions where its decisions go.
     * @param seams its exchangeable parts.
     * @param times where the times of its stages go.
     */
    public TradingEngine(
            TradingSettings settings,
            RecordSource records,
            ControlSource controls,
            DecisionJournal decisions,
            EngineSeams seams,
            StepTimes times) {
        this.settings = settings;
        this.records = records;
        this.controls = controls;
        this.decisions = decisions;
        this.observer = seams.observer();
        this.times = times;
        this.spikeThresholdNs = settings.spikeThresholdNs();
        this.traders = new ProductTraders(settings, this);
        final ProductTable products = new ProductTable();
        this.market = new Market(products, seams.decoders().apply(products), seams.books(), this::onTrade);
    }

    @Override
    public int doWork() {
        applyDueControls();
        trace.pause();
        final int handled = records.poll(this, RECORDS_PER_CYCLE);
        if (handled < RECORDS_PER_CYCLE) {
            observer.onIdle();
        }
        progress.set(recordCount, lastSequence, steps, spikes, traders.count());
        return handled;
    }

    @Override
    public void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        beginRecord(header);
        if (header.kind() == RecordKind.MESSAGE) {
            decode(header, buffer, offset, length);
            market.apply(header);
            for (int i = 0; i < market.touchedCount(); i++) {
                step(header, market.touched(i));
            }
        } else {
            market.applyFact(header, buffer, offset, length);
        }
        endRecord(header);
    }

    private void beginRecord(RecordHeader header) {
        if (recordCount == 0) {
            start(header);
        } else {
            applyDueControls();
        }
        trace.begin(header.monotonicTimeNs());
    }

    private void decode(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        final MessageKind kind = market.decode(header, buffer, offset, length);
        messagesByKind[kind.ordinal()]++;
        trace.decoded();
    }

    private void step(RecordHeader header, ProductBook product) {
        final ProductTrader trader = traders.of(product);
        if (trader == null) {
            return;
        }
        steps++;
        trace.booked();
        trader.decide(header, steps);
        trace.strategyEnded();
        if (trader.hasOrders()) {
            trader.sendOrders(header, steps, market.exchangeTimeNs());
            trace.decided();
        }
        follow(header, trader);
    }

    /** What follows the step, and what the step took. */
    private void follow(RecordHeader header, ProductTrader trader) {
        long operations = 0;
        if (observer.follows(steps)) {
            operations = observer.onStep(describe(header, trader, 0));
            trace.followed();
        }
        times.record(trace);
        if (trace.totalNs() > spikeThresholdNs) {
            spikes++;
            observer.onSpike(describe(header, trader, operations), trace.followNs());
            trace.pause();
        }
    }

    private StepRecord describe(RecordHeader header, ProductTrader trader, long operations) {
        return trader.describe()
                .at(header.sequence(), steps, header.eventTimeNs())
                .times(trace)
                .operations(operations);
    }

    private void endRecord(RecordHeader header) {
        lastSequence = header.sequence();
        lastEventTimeNs = header.eventTimeNs();
        lastCrc32c = header.crc32c();
        recordCount++;
        if (lastSequence % MarkRecord.INTERVAL_RECORDS == 0) {
            decisions.mark(lastSequence, lastEventTimeNs, market.digest());
            trace.pause();
        }
    }

    @Override
    public void onDecision(DecisionRecord decision) {
        decisions.onDecision(decision);
        observer.onDecision(decision);
    }

    private void onTrade(ProductBook product, long tradeId, long price, long size, Side makerSide, long timeNs) {
        final ProductTrader trader = traders.of(product);
        if (trader != null) {
            trader.onTrade(price, size, makerSide, timeNs);
        }
    }

    private void start(RecordHeader header) {
        firstSequence = header.sequence();
        firstEventTimeNs = header.eventTimeNs();
        lastSequence = firstSequence - 1;
        lastEventTimeNs = firstEventTimeNs;
        write(new ControlRecord(
                ControlRecord.Type.START, firstSequence, settings.toJson().toString()));
        applyDueControls();
    }

    /** Between two records only. */
    void applyDueControls() {
        if (firstSequence == 0) {
            return;
        }
        for (ControlRecord control = controls.due(lastSequence);
                control != null;
                control = controls.due(lastSequence)) {
            write(new ControlRecord(control.type(), lastSequence, control.text()));
            controlCount++;
            switch (control.type()) {
                case TRADING_ENABLED -> tradingEnabled = true;
                case TRADING_DISABLED -> tradingEnabled = false;
                case KILL -> killed = true;
                case START, STOP, RESUMED ->
                    throw new IllegalArgumentException("the engine itself writes " + control.type());
            }
            traders.enable(tradingEnabled && !killed);
        }
    }

    private void write(ControlRecord control) {
        decisions.control(control, lastEventTimeNs);
        trace.pause();
    }

    /** Whether the state can be written; not while a strategy's cannot. */
    boolean canBeCheckpointed() {
        return traders.canBeCheckpointed();
    }

    /** Between two records only. */
    @Override
    public void writeState(StateOutput output) {
        output.section("engine");
        output.putBoolean(tradingEnabled);
        output.putBoolean(killed);
        output.putLong(firstSequence);
        output.putLong(lastSequence);
        output.putLong(firstEventTimeNs);
        output.putLong(lastEventTimeNs);
        output.putInt(lastCrc32c);
        output.putInt(controlCount);
        output.putLong(recordCount);
        output.putLong(steps);
        output.putLong(spikes);
        output.putLongs(messagesByKind, messagesByKind.length);
        market.writeState(output);
        traders.writeState(market, output);
    }

    @Override
    public void readState(StateInput input) {
        input.section("engine");
        tradingEnabled = input.getBoolean();
        killed = input.getBoolean();
        firstSequence = input.getLong();
        lastSequence = input.getLong();
        firstEventTimeNs = input.getLong();
        lastEventTimeNs = input.getLong();
        lastCrc32c = input.getInt();
        controlCount = input.getInt();
        recordCount = input.getLong();
        steps = input.getLong();
        spikes = input.getLong();
        input.getLongs(messagesByKind, messagesByKind.length);
        market.readState(input);
        traders.enable(tradingEnabled && !killed);
        traders.readState(market, input);
    }

    /** Ends the run: the record handled last is its last one. */
    public void stop(String reason) {
        if (!stopped && firstSequence != 0) {
            stopped = true;
            // Those that came behind the last record are in the run before its end; a run that is resumed has them
            // already.
            applyDueControls();
            write(new ControlRecord(ControlRecord.Type.STOP, lastSequence, reason));
            decisions.mark(lastSequence, lastEventTimeNs, market.digest());
        }
    }

    @Override
    public void onClose() {
        stop("closed");
    }

    @Override
    public String roleName() {
        return "trader";
    }

    /** How many controls took effect, besides the run's own start and end. */
    int controlCount() {
        return controlCount;
    }

    /** The CRC-32C of the last record's payload: tells whether it is the same record. */
    int lastCrc32c() {
        return lastCrc32c;
    }

    /** How many records were handled. */
    public long recordCount() {
        return recordCount;
    }

    /** The first record that was handled; 0 if none was. */
    public long firstSequence() {
        return firstSequence;
    }

    /** The last record that was handled. */
    public long lastSequence() {
        return lastSequence;
    }

    /** The event time of the first record, ns since the epoch. */
    public long firstEventTimeNs() {
        return firstEventTimeNs;
    }

    /** The event time of the last record, ns since the epoch. */
    public long lastEventTimeNs() {
        return lastEventTimeNs;
    }

    public long steps() {
        return steps;
    }

    public long spikes() {
        return spikes;
    }

    /** How many messages of a kind were handled. */
    public long messages(MessageKind kind) {
        return messagesByKind[kind.ordinal()];
    }

    /** How far it has come; may be asked by any thread. */
    EngineProgress progress() {
        return progress;
    }

    /** The market as the engine sees it. */
    public Market market() {
        return market;
    }

    /** The traders of the products that are traded, in order of the products' appearance. */
    ProductTrader[] traders() {
        return traders.all();
    }
}
