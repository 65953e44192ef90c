package io.github.camelhh1.simulator.wire;

/** How far a request gets before a scripted reply takes effect. */
public record Moment(Stage stage, long uploadedBytes) {
    public static final Moment CONNECTED = new Moment(Stage.CONNECTED, 0);
    public static final Moment ARRIVING = new Moment(Stage.ARRIVING, 0);
    public static final Moment REQUEST_READ = new Moment(Stage.REQUEST_READ, 0);

    public enum Stage {
        CONNECTED,
        ARRIVING,
        UPLOADING,
        REQUEST_READ
    }

    public static Moment uploading(long afterBytes) {
        return new Moment(Stage.UPLOADING, afterBytes);
    }
}
