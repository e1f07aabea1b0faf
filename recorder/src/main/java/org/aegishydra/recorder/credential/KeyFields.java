package org.aegishydra.recorder.credential;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.command.UsageException;

/** The named texts that a key consists of, and where they come from. Deliberately no record: its text would tell all. */
final class KeyFields {
    /** The names in a file of Coinbase's, and the variables that stand for them. */
    private static final Map<String, String> JWT_VARIABLES =
            Map.of("name", "AEGIS_COINBASE_KEY_NAME", "privateKey", "AEGIS_COINBASE_PRIVATE_KEY");

    private static final Map<String, String> HMAC_VARIABLES = Map.of(
            "key", "AEGIS_EXCHANGE_KEY",
            "secret", "AEGIS_EXCHANGE_SECRET",
            "passphrase", "AEGIS_EXCHANGE_PASSPHRASE");

    private final String origin;
    private final Map<String, String> values;
    private final Map<String, String> spellings;

    private KeyFields(String origin, Map<String, String> values, Map<String, String> spellings) {
        this.origin = origin;
        this.values = values;
        this.spellings = spellings;
    }

    static KeyFields ofFile(String origin, Map<String, String> values) {
        return new KeyFields(origin, values, Map.of());
    }

    /** What the variables of a scheme hold; null if none of them is set. */
    static KeyFields of(Credential.Scheme scheme, Map<String, String> environment) {
        final Map<String, String> variables = switch (scheme) {
            case JWT -> JWT_VARIABLES;
            case HMAC -> HMAC_VARIABLES;
        };
        final Map<String, String> values = new HashMap<>();
        variables.forEach((field, variable) -> {
            final String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                values.put(field, value);
            }
        });
        return values.isEmpty() ? null : new KeyFields("the environment", values, variables);
    }

    /**
     * The value that is found first under one of these names.
     *
     * @throws UsageException if there is none, naming the first.
     */
    String required(String... names) {
        for (final String name : names) {
            final String value = values.get(name);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        throw new UsageException(origin + " holds no " + spelled(names[0]) + ": a key for this feed consists of "
                + String.join(" and ", expected(names[0])));
    }

    private List<String> expected(String name) {
        final List<String> names = JWT_VARIABLES.containsKey(name)
                ? List.of("name", "privateKey")
                : List.of("key", "secret", "passphrase");
        return names.stream().map(this::spelled).toList();
    }

    private String spelled(String name) {
        return spellings.getOrDefault(name, '"' + name + '"');
    }

    /** What is wrong with a field, without a word of what it holds. */
    UsageException refused(String name, String wanted) {
        return new UsageException(spelled(name) + " in " + origin + " is " + wanted);
    }
}
