package org.aegishydra.analysis.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells which keys of a verification the page reads, by the paths of {@link NeededField}. */
final class ReadKeys {
    private static final String VERIFICATION = "[].verification.";
    private static final String EACH = "{}";

    /** Hands the page proxies of what it parses; keys that are no keys of the file are ECharts' own questions. */
    private static final String WATCH = """
            <script>
            (() => {
              const maps = new Set([%s]);
              const proxies = new WeakMap();
              window.readKeys = new Set();
              const note = (path, key) => {
                if (typeof key !== 'string' || !/^[a-z0-9][a-z0-9_]*$/.test(key) || key in Object.prototype) {
                  return path;
                }
                const read = maps.has(path) ? path + '{}' : path + '.' + key;
                window.readKeys.add(read);
                return read;
              };
              const watch = (value, path) => {
                if (value === null || typeof value !== 'object') {
                  return value;
                }
                if (!proxies.has(value)) {
                  proxies.set(value, new Proxy(value, {
                    get: (target, key) => {
                      const read = Reflect.get(target, key);
                      if (Array.isArray(target)) {
                        return watch(read, path + '[]');
                      }
                      return typeof key === 'string' ? watch(read, note(path, key)) : read;
                    },
                    has: (target, key) => {
                      if (!Array.isArray(target)) {
                        note(path, key);
                      }
                      return Reflect.has(target, key);
                    }
                  }));
                }
                return proxies.get(value);
              };
              const parse = JSON.parse;
              JSON.parse = text => watch(parse(text), '');
            })();
            </script>
            """;

    private ReadKeys() {}

    /** A copy of a page that keeps what it reads. */
    static Path watched(Path page, Path copy) throws IOException {
        final String maps = NeededField.paths().stream()
                .filter(path -> path.endsWith(EACH))
                .map(path -> "'" + VERIFICATION + path.substring(0, path.length() - EACH.length()) + "'")
                .collect(Collectors.joining(", "));
        final String first = "<script id=\"verifications\"";
        return Files.writeString(copy, Files.readString(page).replace(first, WATCH.formatted(maps) + first));
    }

    /** What was read so far of the page that is open. */
    static Set<String> of(Browser browser) {
        return Stream.of(((String) browser.evaluate("[...window.readKeys].join(' ')")).split(" "))
                .filter(read -> read.startsWith(VERIFICATION))
                .map(read -> read.substring(VERIFICATION.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a key is among the needed fields, holds some of them, or is in an object whose names are not fixed. */
    static boolean isNeeded(String read) {
        return NeededField.paths().stream()
                .anyMatch(path -> path.equals(read)
                        || path.startsWith(read + ".")
                        || path.startsWith(read + "[")
                        || path.startsWith(read + "{")
                        || (path.endsWith(EACH) && read.startsWith(path)));
    }
}
