package io.github.camelhh1.simulator.wire;

/** The resources of a server. Called on the loop's thread only; nothing here may block. */
public interface Site {

    /** A connection was accepted; nothing has been read. */
    void connected(Wire wire);

    /** The first bytes of a request have arrived and are still unread. */
    void arriving(Wire wire);

    /** A request's head was read. The answer, given through {@code wire}, is due once the body has ended. */
    Body requested(Head head, Wire wire);

    /** Takes a request's body, part by part. */
    interface Body {
        void part(byte[] bytes, int from, int length);

        void end();

        /** For a body that nobody wants to know: only its end counts. */
        static Body ignored(Runnable atEnd) {
            return new Body() {
                @Override
                public void part(byte[] bytes, int from, int length) {}

                @Override
                public void end() {
                    atEnd.run();
                }
            };
        }
    }
}
