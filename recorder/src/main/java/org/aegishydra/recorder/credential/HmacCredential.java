package org.aegishydra.recorder.credential;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Exchange's way: HMAC-SHA256, under the decoded secret, over the second and the request that it stands for. */
final class HmacCredential extends Credential {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SIGNED_REQUEST = "GET/users/self/verify";

    private final String key;
    private final SecretKeySpec secret;
    private final String passphrase;

    private HmacCredential(String key, SecretKeySpec secret, String passphrase) {
        this.key = key;
        this.secret = secret;
        this.passphrase = passphrase;
    }

    static HmacCredential of(KeyFields fields) {
        final String key = fields.required("key");
        final String secret = fields.required("secret");
        final String passphrase = fields.required("passphrase");
        final byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(secret);
        } catch (final IllegalArgumentException e) {
            throw fields.refused("secret", "not Base64: give the secret as Coinbase shows it");
        }
        return new HmacCredential(key, new SecretKeySpec(decoded, ALGORITHM), passphrase);
    }

    @Override
    public Map<String, String> authentication(Instant now) {
        final String timestamp = Long.toString(now.getEpochSecond());
        final byte[] signature;
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            signature = mac.doFinal((timestamp + SIGNED_REQUEST).getBytes(StandardCharsets.UTF_8));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot sign with " + ALGORITHM, e);
        }
        final Map<String, String> fields = new LinkedHashMap<>();
        fields.put("signature", Base64.getEncoder().encodeToString(signature));
        fields.put("key", key);
        fields.put("passphrase", passphrase);
        fields.put("timestamp", timestamp);
        return fields;
    }

    @Override
    public String toString() {
        return "an Exchange key";
    }
}
