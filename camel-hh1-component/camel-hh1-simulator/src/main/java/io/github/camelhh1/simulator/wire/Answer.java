package io.github.camelhh1.simulator.wire;

import java.util.List;

/** All that a connection sends for one request, and how it ends after the last byte. */
public record Answer(List<Piece> pieces, ConnectionEnd ending) {

    /** The state of the connection after the answer. */
    public enum ConnectionEnd {
        /** It stays open for the next request. */
        KEEP,
        /** It is closed in an orderly way. */
        CLOSE,
        /** It is torn down: the other side sees a reset. */
        RESET,
        /** It stays open, and nothing more is ever said or read. */
        HANG
    }

    /** Nothing is sent at all. */
    public static Answer nothing(ConnectionEnd ending) {
        return new Answer(List.of(), ending);
    }
}
