// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import com.google.common.net.InetAddresses;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import org.opendaylight.statemigration.text.EnumNames;

/**
 * Members of a JSON object in RFC 7951 encoding, read with their path for errors. What is not read is an error too:
 * see {@link #end}.
 */
final class JsonMembers {
    private final JsonObject json;
    private final String path;
    private final TreeSet<String> unread;

    private JsonMembers(final JsonElement json, final String path) {
        if (!(json instanceof JsonObject object)) {
            throw new LocatedException((path.isEmpty() ? "The flow" : path) + " is not a JSON object", null);
        }
        this.json = object;
        this.path = path;
        unread = new TreeSet<>(object.keySet());
    }

    static JsonMembers of(final JsonElement json) {
        return new JsonMembers(json, "");
    }

    boolean has(final String name) {
        return json.has(name);
    }

    /** Complain of members that nobody asked for. */
    void end() {
        if (!unread.isEmpty()) {
            throw new LocatedException(path(unread.first()) + " is not a member of a flow, or does not go with"
                + " its other members", null);
        }
    }

    /** Read a child object, if it is there; all of it must be read. */
    <T> Optional<T> object(final String name, final Function<JsonMembers, T> reader) {
        return find(name).map(element -> {
            final var child = new JsonMembers(element, path(name));
            final T value = child.checked(reader);
            child.end();
            return value;
        });
    }

    /** Have the error of a value that contradicts itself say where it stands. */
    <T> T checked(final Function<JsonMembers, T> reader) {
        try {
            return reader.apply(this);
        } catch (LocatedException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw path.isEmpty() ? e : new LocatedException(path + ": " + e.getMessage(), e);
        }
    }

    <T> T required(final String name, final Optional<T> value) {
        return value.orElseThrow(() -> new LocatedException(path(name) + " is missing", null));
    }

    /** Read an array of child objects; none if it is not there. */
    <T> List<T> array(final String name, final Function<JsonMembers, T> reader) {
        return find(name).map(element -> {
            if (!(element instanceof JsonArray array)) {
                throw new LocatedException(path(name) + " is not a JSON array", null);
            }
            final var values = new ArrayList<T>(array.size());
            for (var each : array) {
                final var child = new JsonMembers(each, path(name) + "[" + values.size() + "]");
                values.add(child.checked(reader));
                child.end();
            }
            return List.copyOf(values);
        }).orElse(List.of());
    }

    /** Read a signed number of 32 bits. */
    int requiredSigned(final String name) {
        return (int) (long) required(name, number(name, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    Optional<Long> number(final String name, final long max) {
        return number(name, 0, max);
    }

    private Optional<Long> number(final String name, final long min, final long max) {
        return find(name).map(element -> {
            final long value;
            try {
                value = primitive(name, element, "a number", JsonPrimitive::isNumber).getAsBigDecimal()
                    .longValueExact();
            } catch (ArithmeticException | NumberFormatException e) {
                throw new LocatedException(path(name) + " " + element + " is not in the range " + min + ".." + max, e);
            }
            if (value < min || value > max) {
                throw new LocatedException(path(name) + " " + value + " is not in the range " + min + ".." + max, null);
            }
            return value;
        });
    }

    OptionalInt integer(final String name, final int max) {
        return number(name, max).map(value -> OptionalInt.of(value.intValue())).orElse(OptionalInt.empty());
    }

    int requiredInteger(final String name, final int max) {
        return required(name, number(name, max)).intValue();
    }

    Optional<String> string(final String name) {
        return find(name).map(element -> primitive(name, element, "a string", JsonPrimitive::isString).getAsString());
    }

    /** Read a string that must have a form. */
    <T> Optional<T> string(final String name, final String form, final Function<String, T> parser) {
        return string(name).map(text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw new LocatedException(path(name) + " '" + text + "' is not " + form, e);
            }
        });
    }

    InetAddress address(final String name) {
        return required(name, optionalAddress(name));
    }

    Optional<InetAddress> optionalAddress(final String name) {
        return string(name, "an IPv4 or IPv6 address without zone", text -> {
            if (text.indexOf('%') >= 0) {
                throw new IllegalArgumentException("Zone");
            }
            return InetAddresses.forString(text);
        });
    }

    <E extends Enum<E>> E constant(final String name, final Class<E> type) {
        return required(name, string(name, "one of " + EnumNames.all(type),
            text -> EnumNames.find(type, text).orElseThrow(IllegalArgumentException::new)));
    }

    boolean bool(final String name) {
        return find(name).map(element ->
            primitive(name, element, "true or false", JsonPrimitive::isBoolean).getAsBoolean()).orElse(Boolean.FALSE);
    }

    boolean emptyLeaf(final String name) {
        return find(name).map(element -> {
            if (!(element instanceof JsonArray array) || array.size() != 1
                    || !array.get(0).equals(JsonNull.INSTANCE)) {
                throw new LocatedException(path(name) + " is not [null], as a leaf without value is written", null);
            }
            return true;
        }).orElse(Boolean.FALSE);
    }

    private Optional<JsonElement> find(final String name) {
        unread.remove(name);
        return Optional.ofNullable(json.get(name));
    }

    private JsonPrimitive primitive(final String name, final JsonElement element, final String what,
            final Function<JsonPrimitive, Boolean> test) {
        if (element instanceof JsonPrimitive primitive && test.apply(primitive)) {
            return primitive;
        }
        throw new LocatedException(path(name) + " is not " + what, null);
    }

    private String path(final String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** An error that says already where it is. */
    private static final class LocatedException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        LocatedException(final String message, final Throwable cause) {
            super(message, cause);
        }
    }
}
