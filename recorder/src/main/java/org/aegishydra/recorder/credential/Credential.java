package org.aegishydra.recorder.credential;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A key of the user's at Coinbase, ready to sign. It is immutable, safe for use by several threads, and says nothing of
 * itself: neither {@link #toString()} nor any message of an exception contains a part of it.
 */
public abstract sealed class Credential permits JwtCredential, HmacCredential {
    /** How a feed wants to be told who asks. */
    public enum Scheme {
        /** Advanced Trade: a signed token in each message, from a key of Coinbase's Developer Platform. */
        JWT,
        /** Exchange: key, passphrase and an HMAC in the subscribe message. */
        HMAC
    }

    Credential() {}

    /**
     * The user's key: from the file that the option names, else from the process's variables, which are
     * {@code AEGIS_COINBASE_KEY_NAME} and {@code AEGIS_COINBASE_PRIVATE_KEY} for {@link Scheme#JWT}, and
     * {@code AEGIS_EXCHANGE_KEY}, {@code AEGIS_EXCHANGE_SECRET} and {@code AEGIS_EXCHANGE_PASSPHRASE} for
     * {@link Scheme#HMAC}.
     *
     * @param file as given by {@code --key-file}; null if it is not given. A JSON object with the texts {@code name} and
     *     {@code privateKey}, as Coinbase's Developer Platform lets one download it, or with {@code key}, {@code secret}
     *     and {@code passphrase}.
     * @return nothing, if the user gave no key at all.
     * @throws org.aegishydra.core.command.UsageException if a key is given and cannot be used, in one line.
     */
    public static Optional<Credential> load(Scheme scheme, Path file, Map<String, String> environment) {
        final KeyFields fields = file == null ? KeyFields.of(scheme, environment) : KeyFile.read(file);
        return fields == null
                ? Optional.empty()
                : Optional.of(
                        switch (scheme) {
                            case JWT -> JwtCredential.of(fields);
                            case HMAC -> HmacCredential.of(fields);
                        });
    }

    /**
     * The fields that a subscribe message needs besides its own, signed for one moment. They are secret for as long as
     * they are valid: send them, and neither print nor journal them.
     *
     * @param now the time that the signature is made for; Coinbase's clock must agree within seconds.
     */
    public abstract Map<String, String> authentication(Instant now);
}
