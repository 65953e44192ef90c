package io.github.camelhh1.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Keys that only this JVM knows. The keys of a message's places are kept until its unit of work ends. Copies of a message
 * ({@code enrich}, {@code split}, {@code wireTap}) may be tried again after their units of work have ended, so the last
 * {@value #MOST} places of copies are kept, too. So are the keys of requests that may be paid and have not reached the
 * route: every later step of the message uses them again. Safe for use by many threads.
 */
public final class RememberedKeys {
    private static final int MOST = 20_000;
    /** Copies that are meant to differ from one another. An iteration after an unknown outcome is no such copy. */
    private static final List<String> COPIES = List.of(Exchange.SPLIT_INDEX, Exchange.MULTICAST_INDEX);

    private final ConcurrentMap<UnitOfWork, KeySlots> units = new ConcurrentHashMap<>();
    private final KeySlots copies = new KeySlots(MOST);
    private final Map<String, String> open = bounded(MOST);

    /** The oldest entry goes first. */
    private static <V> Map<String, V> bounded(int most) {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The key of the place that asks for {@code request}; {@code fresh} makes one if the place has none. */
    String key(Exchange exchange, String request, Supplier<String> fresh) {
        Slot copied = Slot.ofCopies(exchange, request);
        Supplier<String> shared = copied == null ? fresh : () -> copies.key(copied, fresh);
        UnitOfWork unit = exchange.getUnitOfWork();
        if (unit == null && copied != null) {
            return shared.get();
        }
        KeySlots own = unit == null ? copies : ofUnit(unit);
        return own.key(Slot.own(exchange, request), shared);
    }

    private KeySlots ofUnit(UnitOfWork unit) {
        return units.computeIfAbsent(unit, first -> {
            first.addSynchronization(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange exchange) {
                    units.remove(first);
                }

                @Override
                public boolean allowHandover() {
                    return false;
                }
            });
            return new KeySlots(Integer.MAX_VALUE);
        });
    }

    /** Units of work that have not ended and have keys. */
    int units() {
        return units.size();
    }

    /**
     * Names by which a later try of {@code request} in this message is known: by its own id, by its original's, and,
     * without the index of a part or branch, in the original itself.
     */
    static List<String> names(Exchange exchange, String request) {
        return names(exchange, request, original(exchange));
    }

    private static String original(Exchange exchange) {
        String original = exchange.getProperty(ExchangePropertyKey.CORRELATION_ID, String.class);
        return original == null ? exchange.getExchangeId() : original;
    }

    private static List<String> names(Exchange exchange, String request, String whole) {
        String parts = COPIES.stream()
                .map(index -> String.valueOf(exchange.getProperty(index)))
                .reduce(request, (all, index) -> all + " " + index);
        Stream<String> ids = Stream.of(exchange.getMessage().getMessageId(), original(exchange))
                .filter(Objects::nonNull)
                .distinct();
        return Stream.concat(ids.map(id -> id + " " + parts), Stream.of(whole + " " + request))
                .toList();
    }

    /** May be paid, and has not reached the route. */
    public synchronized void remember(List<String> names, String key) {
        names.forEach(name -> open.put(name, key));
    }

    /** Has reached the route. */
    public synchronized void settle(List<String> names, String key) {
        names.forEach(name -> open.remove(name, key));
    }

    /** The key of this message, or of a part of it, that may be paid; null when there is none. */
    @Nullable
    String find(Exchange exchange, String request) {
        return find(names(exchange, request, exchange.getExchangeId()));
    }

    /** Null when there is none. */
    synchronized @Nullable String find(List<String> names) {
        return open.isEmpty()
                ? null
                : names.stream()
                        .map(open::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /**
     * The keys of places. A message that comes to a place again without a failure in between gets a further key: the route
     * wants another video. After a failure it gets its keys again, in their order; also where nothing tells whether there
     * was a further failure. Safe for use by many threads.
     */
    static final class KeySlots {
        private static final class Keys {
            private final List<String> given = new ArrayList<>(1);
            private Slot.Round round;
            private int next;

            Keys(Slot.Round round) {
                this.round = round;
            }
        }

        private final Map<String, Keys> places;

        KeySlots(int most) {
            this.places = bounded(most);
        }

        synchronized String key(Slot slot, Supplier<String> another) {
            String place = Stream.concat(
                            Stream.of(slot.id()), slot.before().stream().filter(id -> isTriedAgain(id, slot.round())))
                    .filter(places::containsKey)
                    .findFirst()
                    .orElse(slot.id());
            Keys keys = places.computeIfAbsent(place, first -> new Keys(slot.round()));
            boolean all = keys.next == keys.given.size();
            if (slot.round().isAnotherTry(keys.round)) {
                keys.round = slot.round();
                keys.next = 0;
            } else if (all && slot.round().mayBeAnotherTry(keys.round)) {
                keys.next = 0;
            }
            if (keys.next == keys.given.size()) {
                keys.given.add(another.get());
            }
            return keys.given.get(keys.next++);
        }

        /** Also where it is tried again for a further key. */
        private boolean isTriedAgain(String place, Slot.Round round) {
            Keys keys = places.get(place);
            return keys != null
                    && (round.isAnotherTry(keys.round) || (round.failure() != 0 && round.equals(keys.round)));
        }

        synchronized int size() {
            return places.size();
        }
    }
}
