package org.aegishydra.recorder.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads the server's error answers. Only an answer that calls a name unknown removes it from a subscription: one that
 * tells of load or of a limit says nothing against the product, and the recording of a product is not given up for it.
 */
final class Refusal {
    private static final Pattern UNKNOWN = Pattern.compile(
            "\\b(not (a )?valid|invalid|unknown|not found|not supported|unsupported|does not exist)\\b");

    private static final int SHOWN_CHARACTERS = 300;

    private Refusal() {}

    /** The products and channels of a subscription that an answer calls unknown. */
    static List<String> unknownNames(String answer, FeedSubscription subscription) {
        final List<String> unknown = new ArrayList<>();
        if (UNKNOWN.matcher(answer.toLowerCase(Locale.ROOT)).find()) {
            for (final String product : subscription.products()) {
                if (isNamed(product, answer)) {
                    unknown.add(product);
                }
            }
            for (final String channel : subscription.channels()) {
                // A channel's name is a common word: it counts only where the answer speaks of channels.
                if (answer.contains("channel") && isNamed(channel, answer)) {
                    unknown.add(channel);
                }
            }
        }
        return unknown;
    }

    /** An answer as it may be shown in a terminal. */
    static String readable(String answer) {
        final String plain = answer.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= SHOWN_CHARACTERS ? plain : plain.substring(0, SHOWN_CHARACTERS) + "…";
    }

    private static boolean isNamed(String name, String answer) {
        return Pattern.compile("(?<![A-Za-z0-9_-])" + Pattern.quote(name) + "(?![A-Za-z0-9_-])")
                .matcher(answer)
                .find();
    }
}
