package io.github.camelhh1.ledger.fence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owners that are alive. An owner that has no row in {@code hh1_owner} is buried: dead for good, to itself and to all
 * others. Safe for use by many threads.
 */
public interface Owners extends AutoCloseable {

    /** The name of this session. */
    String session();

    /** The name of this session's owner now: the session's name, with a number once an earlier owner was buried. */
    String owner();

    /** The time that an owner lives without a renewal; zero when it needs none. */
    Duration lease();

    /** Keeps this owner alive. One that finds itself buried takes a new name. */
    void renew();

    /** Buries those that are found dead. */
    void bury();

    @Override
    void close();

    /** The names of a session's owner, one after another: an owner that finds itself buried goes on under the next. */
    abstract class Named implements Owners {
        private static final Logger LOG = LoggerFactory.getLogger(Owners.class);

        private final String session;
        private final @Nullable String burial;
        private volatile String owner;
        private int buried;
        private boolean closed;

        /**
         * The first owner has the session's name; the subclass begins its life.
         *
         * @param burial the reason of a burial, for the log; null where there is nothing to log
         */
        protected Named(String session, @Nullable String burial) {
            this.session = session;
            this.burial = burial;
            this.owner = session;
        }

        /** Begins the life of an owner of that name. */
        protected abstract void begin(String name);

        /** Keeps the owner of that name alive. False: it is buried. */
        protected abstract boolean renew(String name);

        /** Ends the life of the owner of that name. */
        protected abstract void end(String name);

        @Override
        public final String session() {
            return session;
        }

        @Override
        public final String owner() {
            return owner;
        }

        @Override
        public final synchronized void renew() {
            if (!closed && !renew(owner)) {
                String next = session + "." + ++buried;
                begin(next);
                if (burial != null) {
                    LOG.warn(
                            "The ledger's owner {} was taken for dead by another node: {}. Runs it had sent are held as"
                                    + " unknown until their outcome comes; it goes on as {}",
                            owner,
                            burial,
                            next);
                }
                owner = next;
            }
        }

        @Override
        public final synchronized void close() {
            closed = true;
            end(owner);
        }
    }
}
