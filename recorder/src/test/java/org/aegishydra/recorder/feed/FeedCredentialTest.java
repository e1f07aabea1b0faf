package org.aegishydra.recorder.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.DiskGuard;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.recorder.JournalRecords;
import org.aegishydra.recorder.credential.Credential;
import org.aegishydra.recorder.websocket.ServerTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What leaves with a key, and what must not stay behind. */
@Timeout(120)
class FeedCredentialTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final List<String> sayings = Collections.synchronizedList(new ArrayList<>());

    private FeedRecorder recorder(Feed feed, ScriptedServer server, String channel, Optional<Credential> credential) {
        final FeedLimits limits = new FeedLimits(
                16, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60), BackOff.Limits.DEFAULT);
        final FeedSettings settings = new FeedSettings(
                feed,
                server.url(),
                List.of("BTC-USD"),
                List.of(channel, "status"),
                limits,
                null,
                Duration.ofMillis(800),
                null);
        return new FeedRecorder(
                settings,
                new FeedAccess(ServerTrust.of(null), credential, true),
                Journal.create(directory.resolve("journal"), JournalFormat.MARKET),
                DiskGuard.of(directory, null),
                "test",
                sayings::add);
    }

    private void assertNowhere(Set<String> secrets) {
        final String said = sayings.toString();
        final List<String> recorded = JournalRecords.read(directory.resolve("journal")).stream()
                .map(JournalRecords.Entry::text)
                .toList();
        assertTrue(recorded.size() >= 4, recorded::toString);
        for (final String secret : secrets) {
            assertFalse(said.contains(secret), "said");
            assertFalse(recorded.stream().anyMatch(text -> text.contains(secret)), "recorded");
        }
    }

    @Test
    void shouldSignEachSubscriptionOfAdvancedTradeAnew() throws Exception {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        final KeyPair key = generator.generateKeyPair();
        final String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(key.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        final Optional<Credential> credential = Credential.load(
                Credential.Scheme.JWT,
                null,
                Map.of("AEGIS_COINBASE_KEY_NAME", "organizations/o/apiKeys/k", "AEGIS_COINBASE_PRIVATE_KEY", pem));
        final Set<String> tokens = new HashSet<>();
        try (ScriptedServer server = new ScriptedServer(client -> {})) {
            recorder(Feed.ADVANCED_TRADE, server, "user", credential).run();
            assertEquals(2, server.received().size());
            for (final String message : server.received()) {
                final String token = JSON.readTree(message).path("jwt").asText();
                tokens.add(token);
                final int dot = token.lastIndexOf('.');
                final Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
                signature.initVerify(key.getPublic());
                signature.update(token.substring(0, dot).getBytes(UTF_8));
                assertTrue(signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1))));
            }
        }
        assertEquals(2, tokens.size(), "a token is for one message");
        assertNowhere(tokens);
    }

    @Test
    void shouldSignTheSubscriptionOfExchange() throws Exception {
        final String secret = Base64.getEncoder().encodeToString("a secret of sixty-four bytes".getBytes(UTF_8));
        final Optional<Credential> credential = Credential.load(
                Credential.Scheme.HMAC,
                null,
                Map.of(
                        "AEGIS_EXCHANGE_KEY", "the-key",
                        "AEGIS_EXCHANGE_SECRET", secret,
                        "AEGIS_EXCHANGE_PASSPHRASE", "the-passphrase"));
        try (ScriptedServer server = new ScriptedServer(client -> {})) {
            recorder(Feed.EXCHANGE, server, "level2", credential).run();
            final JsonNode message = JSON.readTree(server.received().get(0));
            assertEquals("the-key", message.path("key").asText());
            assertEquals("the-passphrase", message.path("passphrase").asText());
            assertEquals(
                    32, Base64.getDecoder().decode(message.path("signature").asText()).length);
            assertNowhere(Set.of(
                    secret,
                    "the-key",
                    "the-passphrase",
                    message.path("signature").asText()));
        }
    }

    @Test
    void shouldSayThatAChannelNeedsAKey() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {})) {
            final UsageException refused = assertThrows(
                    UsageException.class, () -> recorder(Feed.EXCHANGE, server, "level2", Optional.empty()));
            assertTrue(refused.getMessage().contains("--channel level2 needs a key"), refused.getMessage());
            assertTrue(refused.getMessage().contains("--key-file"), refused.getMessage());
        }
    }
}
