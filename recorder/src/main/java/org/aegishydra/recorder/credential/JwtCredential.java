package org.aegishydra.recorder.credential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Advanced Trade's way: a JSON Web Token (RFC 7519) a message, signed with ES256 or EdDSA (RFC 7518, RFC 8037). For a
 * WebSocket it has no {@code uri} claim.
 */
final class JwtCredential extends Credential {
    /** What Coinbase allows. */
    private static final Duration VALID_FOR = Duration.ofMinutes(2);

    private static final int NONCE_BYTES = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String keyName;
    private final SigningKey signingKey;
    private final SecureRandom random = new SecureRandom();

    private JwtCredential(String keyName, SigningKey signingKey) {
        this.keyName = keyName;
        this.signingKey = signingKey;
    }

    static JwtCredential of(KeyFields fields) {
        // Coinbase's own files say "name" for the older keys, and "id" for some of the newer ones.
        final String keyName = fields.required("name", "id");
        return new JwtCredential(keyName, SigningKey.of(fields));
    }

    @Override
    public Map<String, String> authentication(Instant now) {
        final byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        final Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", signingKey.algorithm());
        header.put("kid", keyName);
        header.put("nonce", HexFormat.of().formatHex(nonce));
        header.put("typ", "JWT");
        final Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "cdp");
        claims.put("sub", keyName);
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(VALID_FOR).getEpochSecond());
        final String signed = encoded(json(header)) + '.' + encoded(json(claims));
        final byte[] signature = signingKey.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return Map.of("jwt", signed + '.' + encoded(signature));
    }

    private static byte[] json(Map<String, Object> fields) {
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("a token that is no JSON", e);
        }
    }

    private static String encoded(byte[] part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
    }

    @Override
    public String toString() {
        return "a key of Coinbase's Developer Platform (" + signingKey.algorithm() + ")";
    }
}
