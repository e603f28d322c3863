// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.config.section;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.text.EnumNames;

/** An object of the configuration. Remembers which keys were asked for, so that the others can be told. */
public final class ConfigSection {
    private final ConfigObject object;
    private final String path;
    private final Path folder;
    private final Set<String> known = new HashSet<>();
    private final List<ConfigSection> children = new ArrayList<>();

    /**
     * Create a section.
     *
     * @param object the object
     * @param path its key, with a dot at the end; empty for the whole file
     * @param folder what file names are relative to
     */
    public ConfigSection(final ConfigObject object, final String path, final Path folder) {
        this.object = requireNonNull(object);
        this.path = requireNonNull(path);
        this.folder = requireNonNull(folder);
    }

    public ConfigurationException error(final String key, final String message) {
        return error(key, message, null);
    }

    public ConfigurationException error(final String key, final String message, final Throwable cause) {
        final var value = object.get(key);
        return new ConfigurationException(value == null ? object.origin() : value.origin(), path + key, message, cause);
    }

    private Optional<ConfigValue> value(final String key) {
        known.add(key);
        return Optional.ofNullable(object.get(key)).filter(value -> value.valueType() != ConfigValueType.NULL);
    }

    private <T> T required(final String key, final Optional<T> value) throws ConfigurationException {
        if (value.isEmpty()) {
            throw error(key, "is missing");
        }
        return value.orElseThrow();
    }

    public boolean has(final String key) {
        return value(key).isPresent();
    }

    public Optional<String> optionalString(final String key) throws ConfigurationException {
        final var value = value(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(text(key, value.orElseThrow()));
    }

    String string(final String key) throws ConfigurationException {
        return required(key, optionalString(key));
    }

    private String text(final String key, final ConfigValue value) throws ConfigurationException {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> value.unwrapped().toString();
            default -> throw error(key, "must be a text, not " + value.valueType());
        };
    }

    /** A value of a type that knows its own rules. */
    public <T> T parsed(final String key, final Function<String, T> parser) throws ConfigurationException {
        return parse(key, string(key), parser);
    }

    private <T> T parse(final String key, final String text, final Function<String, T> parser)
            throws ConfigurationException {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw error(key, e.getMessage(), e);
        }
    }

    /** A list of such values, empty if it is missing. */
    public <T> List<T> list(final String key, final Function<String, T> parser) throws ConfigurationException {
        final var result = new ArrayList<T>();
        for (var value : values(key)) {
            result.add(parse(key, text(key, value), parser));
        }
        return result;
    }

    private ConfigList values(final String key) throws ConfigurationException {
        return switch (value(key).orElse(ConfigValueFactory.fromIterable(List.of()))) {
            case ConfigList list -> list;
            default -> throw error(key, "must be a list, such as [a, b]");
        };
    }

    public int integer(final String key, final int min, final int max, final int fallback)
            throws ConfigurationException {
        return has(key) ? integer(key, min, max) : fallback;
    }

    public int integer(final String key, final int min, final int max) throws ConfigurationException {
        final var text = string(key);
        final long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw error(key, "'" + text + "' is not a whole number", e);
        }
        if (number < min || number > max) {
            throw error(key, number + " is not in the range " + min + ".." + max);
        }
        return (int) number;
    }

    public Duration duration(final String key, final Duration min, final Duration max, final Duration fallback)
            throws ConfigurationException {
        if (!has(key)) {
            return fallback;
        }
        final var text = string(key);
        final Duration duration;
        try {
            if (text.chars().allMatch(Character::isDigit)) {
                throw error(key, "'" + text + "' has no unit: write, for example, " + text + "s");
            }
            duration = object.toConfig().getDuration(key);
        } catch (ConfigException e) {
            throw error(key, "'" + text + "' is not a duration, such as 500ms, 30s or 5m", e);
        }
        if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
            throw error(key, text + " is not in the range " + words(min) + ".." + words(max));
        }
        return duration;
    }

    private static String words(final Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    public <E extends Enum<E>> E choice(final String key, final Class<E> type) throws ConfigurationException {
        return parsed(key, text -> constant(type, text));
    }

    public <E extends Enum<E>> Set<E> choices(final String key, final Class<E> type) throws ConfigurationException {
        return new HashSet<>(list(key, text -> constant(type, text)));
    }

    private static <E extends Enum<E>> E constant(final Class<E> type, final String text) {
        return EnumNames.find(type, text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of "
                + String.join(", ", EnumNames.all(type))));
    }

    public Optional<Path> optionalFile(final String key) throws ConfigurationException {
        final var name = optionalString(key);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        final var file = folder.resolve(name.orElseThrow());
        if (!Files.exists(file)) {
            throw error(key, "There is no file " + file);
        }
        if (Files.isDirectory(file) || !Files.isReadable(file)) {
            throw error(key, "File " + file + " cannot be read by this user");
        }
        return Optional.of(file);
    }

    public Path file(final String key) throws ConfigurationException {
        return required(key, optionalFile(key));
    }

    public Optional<ConfigSection> optionalSection(final String key) throws ConfigurationException {
        final var value = value(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(child(key, path + key, value.orElseThrow()));
    }

    /** A section that may be left out, because each of its keys may be. */
    public ConfigSection section(final String key) throws ConfigurationException {
        final var section = optionalSection(key);
        return section.isPresent() ? section.orElseThrow()
            : new ConfigSection(ConfigFactory.empty().root().withOrigin(object.origin()),
                path + key + ".", folder);
    }

    /** A list of sections, empty if it is missing. */
    public List<ConfigSection> sections(final String key) throws ConfigurationException {
        final var result = new ArrayList<ConfigSection>();
        for (var value : values(key)) {
            result.add(child(key, path + key + "[" + result.size() + "]", value));
        }
        return result;
    }

    private ConfigSection child(final String key, final String childPath, final ConfigValue value)
            throws ConfigurationException {
        if (value instanceof ConfigObject nested) {
            final var child = new ConfigSection(nested, childPath + ".", folder);
            children.add(child);
            return child;
        }
        throw error(key, "must be a section in braces");
    }

    /** Fail at the first key that nobody asked for, here or below. */
    public void requireNoOtherKeys() throws ConfigurationException {
        for (var entry : object.entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw error(entry.getKey(), "There is no such key; those here are "
                    + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
        for (var child : children) {
            child.requireNoOtherKeys();
        }
    }
}
