package org.aegishydra.jmh.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.command.Machine;
import org.aegishydra.core.command.Program;
import org.aegishydra.jmh.journal.RecordedMarket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis bench-book}: the worst times of the order book, and what a product costs. */
@Command(
        name = "aegis bench-book",
        mixinStandardHelpOptions = true,
        description = {
            "Measures single calls of the order book: changes, changes of a book that is traded through, whole snapshots,",
            "each by the shortest of its times in several runs of the same calls;",
            "and what a product costs in memory, and several in time. With --journal, that journal's replay instead:",
            "decoded and booked, beside its bytes added up."
        },
        footer = {
            "",
            "Examples:",
            "  aegis bench-book",
            "  aegis synth --minutes 60 --drift-bps-per-minute 150 --product BTC-USD --journal drift",
            "  aegis bench-book --journal drift"
        })
public final class BookCostMain implements Callable<Integer> {
    private static final int[] PRODUCTS = {1, 2, 10, 50};

    @Option(names = "--journal", paramLabel = "DIR", description = "A market journal to replay.")
    private Path journal;

    @Option(names = "--json", description = "Prints the figures as one JSON object.")
    private boolean json;

    /** What was measured, of single calls by what was called. */
    record Figures(
            @JsonProperty("machine") Machine machine,
            @JsonProperty("calls") Map<String, BookTimes.Times> calls,
            @JsonProperty("memory") List<ProductCosts.Memory> memory,
            @JsonProperty("products") List<ProductCosts.Time> products) {
        String text() {
            final StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "Machine: %s%n%n%-24s %15s %9s %9s %9s %9s %11s   (ns)%n",
                    machine,
                    "",
                    "",
                    "p50",
                    "p99",
                    "p99.9",
                    "p99.999",
                    "max"));
            calls.forEach((name, times) -> text.append(String.format(Locale.ROOT, "%-24s %s%n", name, times)));
            text.append('\n');
            memory.forEach(product -> text.append(String.format(
                    Locale.ROOT,
                    "A book like %s with %,d levels: %,d bytes%n",
                    product.shape(),
                    product.levels(),
                    product.bytes())));
            text.append('\n');
            products.forEach(time -> text.append(String.format(
                    Locale.ROOT,
                    "%2d products: %,.0f ns of CPU time a message%n",
                    time.products(),
                    time.nsAMessage())));
            return text.toString();
        }
    }

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new BookCostMain(), args);
    }

    @Override
    public Integer call() throws IOException {
        if (journal != null) {
            final JournalRates.Rates rates = JournalRates.of(journal);
            System.out.println(json ? Program.toJson(rates) : rates.toString());
            return Program.DONE;
        }
        final Figures figures = measure();
        System.out.println(json ? Program.toJson(figures) : figures.text());
        return Program.DONE;
    }

    private static Figures measure() throws IOException {
        final Map<String, BookTimes.Times> calls = new LinkedHashMap<>();
        calls.put("nothing", BookTimes.ofNothing());
        calls.put("change", BookTimes.ofChanges(LadderOrderBook::new));
        calls.put("change on the move", BookTimes.ofMoves(LadderOrderBook::new));
        calls.put("snapshot of 46,000", BookTimes.ofSnapshots(LadderOrderBook::new));
        calls.put("the same, sorted array", BookTimes.ofSnapshots(SortedArrayBook::new));
        final List<ProductCosts.Memory> memory = new ArrayList<>();
        for (final DeepMarket.Shape shape : DeepMarket.Shape.values()) {
            memory.add(ProductCosts.memory(shape));
        }
        final List<ProductCosts.Time> products = new ArrayList<>();
        final Path directory = RecordedMarket.scratch();
        for (final int count : PRODUCTS) {
            products.add(ProductCosts.time(count, Files.createDirectory(directory.resolve(count + "-products"))));
        }
        RecordedMarket.deleteAll(directory);
        return new Figures(Machine.thisOne(), calls, memory, products);
    }
}
