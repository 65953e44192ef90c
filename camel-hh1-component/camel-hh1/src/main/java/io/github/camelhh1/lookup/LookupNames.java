package io.github.camelhh1.lookup;

import io.github.camelhh1.ledger.LookupPlace;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Names for attempts, which the service keeps with its records. Two attempts never share a name, or a look-up would take
 * the video of one for that of the other. A name need not be a secret: {@link UUID#randomUUID} makes secrets, under a lock
 * that cost a twentieth of a call. Here no thread waits. Safe for use by many threads.
 */
public final class LookupNames {
    /** The variant of RFC 9562 (4.1). */
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final LookupPlace place;
    private final long first;
    private final long second;
    private final LongSupplier time;
    private final AtomicLong count = new AtomicLong();

    public LookupNames(LookupPlace place) {
        this(place, new SecureRandom().nextLong(), new SecureRandom().nextLong(), System::nanoTime);
    }

    /** @param time monotonic nanoseconds */
    LookupNames(LookupPlace place, long first, long second, LongSupplier time) {
        this.place = place;
        this.first = first;
        this.second = second;
        this.time = time;
    }

    /**
     * A fresh name for an attempt of the run. The count tells it from the other names of this object, the seeds from those of
     * other objects. Run and time tell it from those of a copy of this process, which has the same seeds and count.
     */
    public String next(String runId) {
        long number = count.getAndIncrement();
        long use = ((long) runId.hashCode() << 32) ^ time.getAsLong();
        long high = mixed(first + number) ^ mixed(use);
        long low = mixed(second + number) ^ mixed(~use);
        return place.name(new UUID(high, low >>> 2 | VARIANT));
    }

    /** All bits of the seed have a part in all bits of it. */
    private static long mixed(long seed) {
        return new SplittableRandom(seed).nextLong();
    }
}
