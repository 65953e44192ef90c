package io.github.camelhh1.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The tests' end of {@link MeterMain}. */
final class MeterProcess implements AutoCloseable {
    private final ChildJvm jvm;
    private final String baseUrl;
    private final String gatedUrl;

    private MeterProcess(ChildJvm jvm) {
        this.jvm = jvm;
        String[] ports = jvm.await("ready").split(" ");
        this.baseUrl = url(ports[0]);
        this.gatedUrl = url(ports[1]);
    }

    /** @param delay how long a generation takes */
    static MeterProcess start(Path directory, Duration delay) {
        return new MeterProcess(ChildJvm.start(
                directory.resolve("meter.log"),
                ClassArchive.options(),
                MeterMain.class,
                List.of(String.valueOf(delay.toMillis()))));
    }

    private static String url(String port) {
        return "http://127.0.0.1:" + port + "/client/v4";
    }

    /** The same service as Model Studio, which has tasks. */
    String tasksUrl() {
        return baseUrl.replace("/client/v4", DriverSettings.MODEL_STUDIO);
    }

    String baseUrl() {
        return baseUrl;
    }

    /** The same service behind a {@link StallingProxy}. */
    String gatedUrl() {
        return gatedUrl;
    }

    /** The photos that were paid for, one entry per charge. */
    List<String> charges() {
        return photos("charges");
    }

    private List<String> photos(String question) {
        return Stream.of(ask(question).split(" "))
                .filter(photo -> !photo.isEmpty())
                .toList();
    }

    /** The photos whose video was asked for, one entry per request that has arrived. */
    List<String> requests() {
        return photos("requests");
    }

    /** Questions for the task of a photo. */
    int polls(String photo) {
        return Integer.parseInt(ask("polls " + photo));
    }

    /** Videos that were asked for. */
    int downloads() {
        return Integer.parseInt(ask("downloads"));
    }

    /** The first upload that brings so many bytes stops there; {@link #awaitHalted} waits for that. */
    void haltUploadAfter(long bytes) {
        ask("haltUpload " + bytes);
    }

    void awaitHalted() {
        jvm.await("halted");
    }

    void openGate() {
        ask("open");
    }

    /** So many downloads get so many bytes, and then nothing more. */
    void stallVideos(int times, int bytes) {
        ask("stallVideos " + times + " " + bytes);
    }

    /** So many downloads get so many bytes, and then the end of the connection. */
    void cutVideos(int times, int bytes) {
        ask("cutVideos " + times + " " + bytes);
    }

    /** So many downloads get so many bytes at a time. */
    void dripVideos(int times, int bytes, Duration every) {
        ask("dripVideos " + times + " " + bytes + " " + every.toMillis());
    }

    /** The next answer does not come until {@link #release}. */
    void hold() {
        ask("hold");
    }

    /** A call can be found in the gateway's logs so long after its answer. */
    void rowsAfter(Duration time) {
        ask("rowsAfter " + time.toMillis());
    }

    /** The photo's video has a link that names the photo; of its answer so many bytes arrive, or all if negative. */
    void ownVideo(String photo, int bytes) {
        ask("ownVideo " + photo + " " + bytes);
    }

    /** So many tasks do not end until {@link #release}. */
    void holdTasks(int times) {
        ask("holdTasks " + times);
    }

    void release() {
        ask("release");
    }

    /** A new service at the same place: its meter shows nothing, its files are gone. */
    void renew() {
        ask("renew");
    }

    private String ask(String command) {
        jvm.say(command);
        return jvm.await(command.split(" ")[0]);
    }

    @Override
    public void close() {
        jvm.close();
    }
}
