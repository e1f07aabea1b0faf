package org.aegishydra.recorder;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.aegishydra.core.command.Durations;
import org.aegishydra.recorder.credential.Credential;
import org.aegishydra.recorder.feed.BackOff;
import org.aegishydra.recorder.feed.Feed;
import org.aegishydra.recorder.feed.FeedAccess;
import org.aegishydra.recorder.feed.FeedLimits;
import org.aegishydra.recorder.feed.FeedSettings;
import org.aegishydra.recorder.websocket.ServerTrust;
import picocli.CommandLine.Option;

/** The options of {@code aegis record} that say what is recorded from where. */
final class RecordOptions {
    @Option(
            names = "--product",
            required = true,
            split = ",",
            paramLabel = "PRODUCT",
            description = "What to record, for example BTC-USD,ETH-USD.")
    private List<String> products;

    @Option(
            names = "--feed",
            defaultValue = "advanced-trade",
            paramLabel = "FEED",
            description = "advanced-trade (default) or exchange.")
    private String feedName;

    @Option(names = "--url", paramLabel = "URL", description = "Where to connect to; by default Coinbase's address.")
    private URI url;

    @Option(
            names = "--channel",
            split = ",",
            paramLabel = "CHANNEL",
            description = "What to subscribe to; by default books, trades, ticker, heartbeats and status.")
    private List<String> channels;

    @Option(
            names = "--products-per-connection",
            defaultValue = "" + FeedLimits.DEFAULT_PRODUCTS_PER_CONNECTION,
            paramLabel = "N",
            description = "Products that share a connection (default ${DEFAULT-VALUE}).")
    private int productsPerConnection;

    @Option(
            names = "--stall-after",
            paramLabel = "TIME",
            description = "A connection without messages or heartbeats for that long is replaced (default 10s; 90s"
                    + " without the heartbeats channel).")
    private String stallAfter;

    @Option(
            names = "--give-up-after",
            defaultValue = "60s",
            paramLabel = "TIME",
            description =
                    "End if no connection at all was opened for that long (default ${DEFAULT-VALUE}). Once there was"
                            + " one, the recorder never gives up.")
    private String giveUpAfter;

    @Option(
            names = "--trust-store",
            paramLabel = "FILE",
            description =
                    "Certificates (PEM) of the authorities that a wss server's certificate must come from; by default"
                            + " those of this Java.")
    private Path trustStore;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description =
                    "A key of Coinbase's, for channels that need one: the JSON that Coinbase gives, readable by its owner"
                            + " alone. Or AEGIS_COINBASE_KEY_NAME and AEGIS_COINBASE_PRIVATE_KEY (advanced-trade);"
                            + " AEGIS_EXCHANGE_KEY, _SECRET and _PASSPHRASE (exchange).")
    private Path keyFile;

    @Option(names = "--no-deflate", description = "Do not offer compression to the server.")
    private boolean noDeflate;

    @Option(
            names = "--sync-every",
            paramLabel = "TIME",
            description =
                    "Make the journal durable that often, for example 1s, so that a power cut costs no more than that. By"
                            + " default when the operating system does.")
    private String syncEvery;

    @Option(
            names = "--until-idle",
            paramLabel = "TIME",
            description = "End when no message came for that long, for example 5s.")
    private String untilIdle;

    @Option(names = "--duration", paramLabel = "TIME", description = "End after that long, for example 60s.")
    private String duration;

    /** What they say. */
    FeedSettings toSettings() {
        final Feed feed = Feed.named(feedName);
        final List<String> wanted = channels == null ? feed.channels() : channels;
        final FeedLimits usual = FeedSettings.defaultLimits(feed, wanted);
        final FeedLimits limits = new FeedLimits(
                productsPerConnection,
                stallAfter == null ? usual.stallAfter() : Durations.parse("--stall-after", stallAfter),
                usual.overlap(),
                Durations.parse("--give-up-after", giveUpAfter),
                BackOff.Limits.DEFAULT);
        return new FeedSettings(
                feed,
                url == null ? feed.url() : url,
                products,
                wanted,
                limits,
                optional("--sync-every", syncEvery),
                optional("--until-idle", untilIdle),
                optional("--duration", duration));
    }

    /** How it gets there. */
    FeedAccess toAccess() {
        final Feed feed = Feed.named(feedName);
        return new FeedAccess(
                ServerTrust.of(trustStore), Credential.load(feed.keyScheme(), keyFile, System.getenv()), !noDeflate);
    }

    private static Duration optional(String option, String text) {
        return text == null ? null : Durations.parse(option, text);
    }
}
