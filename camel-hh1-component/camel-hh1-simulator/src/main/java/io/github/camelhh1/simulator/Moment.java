package io.github.camelhh1.simulator;

/** How far a request gets before a scripted reply takes effect. */
record Moment(Stage stage, long uploadedBytes) {
    static final Moment CONNECTED = new Moment(Stage.CONNECTED, 0);
    static final Moment ARRIVING = new Moment(Stage.ARRIVING, 0);
    static final Moment REQUEST_READ = new Moment(Stage.REQUEST_READ, 0);

    enum Stage {
        CONNECTED,
        ARRIVING,
        UPLOADING,
        REQUEST_READ
    }

    static Moment uploading(long afterBytes) {
        return new Moment(Stage.UPLOADING, afterBytes);
    }
}
