package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.film.VideoStore;
import io.github.camelhh1.simulator.wire.Answer;
import io.github.camelhh1.simulator.wire.AnswerShape;
import io.github.camelhh1.simulator.wire.ByteRange;
import io.github.camelhh1.simulator.wire.EventLoop;
import io.github.camelhh1.simulator.wire.Head;
import io.github.camelhh1.simulator.wire.Piece;
import io.github.camelhh1.simulator.wire.PlainAnswer;
import io.github.camelhh1.simulator.wire.ResponseHead;
import io.github.camelhh1.simulator.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Serves the videos, with ranges, as an object store behind signed links would. */
final class Downloads {
    static final String PREFIX = "/videos/";
    private static final String SUFFIX = ".mp4";

    private final EventLoop loop;
    private final VideoStore videos;
    private final Script script;

    Downloads(EventLoop loop, VideoStore videos, Script script) {
        this.loop = loop;
        this.videos = videos;
        this.script = script;
    }

    void serve(Head head, Wire wire) {
        VideoReply reply = script.takeForVideo();
        VideoStore.Link link = find(head.path());
        if (reply.body() != null) {
            wire.send(own(reply, reply.body()));
        } else if (link == null) {
            wire.send(PlainAnswer.bare(404));
        } else if (!head.query().equals("Expires=" + link.expires()) || videos.expired(link)) {
            wire.send(PlainAnswer.bare(403));
        } else {
            videos.video(link)
                    .whenComplete((file, problem) -> loop.execute(
                            () -> wire.send(problem == null ? video(head, reply, file) : PlainAnswer.bare(500))));
        }
    }

    private VideoStore.@Nullable Link find(String path) {
        return path.endsWith(SUFFIX)
                ? videos.find(path.substring(PREFIX.length(), path.length() - SUFFIX.length()))
                : null;
    }

    private static Answer video(Head head, VideoReply reply, Path file) {
        try {
            long size = Files.size(file);
            String tag = '"' + Integer.toHexString(file.getFileName().hashCode()) + "-" + size + '"';
            boolean ranged = !reply.ignoresRange()
                    && !head.header("Range").isEmpty()
                    && (head.header("If-Range").isEmpty()
                            || head.header("If-Range").equals(tag));
            ByteRange range = ranged ? ByteRange.of(head.header("Range"), size) : new ByteRange(0, size);
            if (range == null) {
                return PlainAnswer.whole(416, Map.of("Content-Range", "bytes */" + size), new byte[0]);
            }
            Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            fields.putAll(Map.of("Content-Type", "video/mp4", "ETag", tag, "Accept-Ranges", "bytes"));
            if (ranged) {
                fields.put("Content-Range", "bytes " + range.start() + "-" + (range.end() - 1) + "/" + size);
            }
            fields.putAll(reply.headers());
            String responseHead = ResponseHead.text(ranged ? 206 : reply.status(), fields);
            if (reply.shape() != null) {
                return reply.shape().answer(responseHead, bytes(file, range));
            }
            Piece announced = Piece.text(responseHead + "Content-Length: " + range.length() + "\r\n\r\n");
            return new Answer(
                    head.method().equals("HEAD")
                            ? List.of(announced)
                            : List.of(announced, Piece.file(file, range.start(), range.length())),
                    Answer.ConnectionEnd.KEEP);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only where something goes wrong with it on purpose; preview videos are small. */
    private static byte[] bytes(Path file, ByteRange range) throws IOException {
        return Arrays.copyOfRange(Files.readAllBytes(file), (int) range.start(), (int) range.end());
    }

    private static Answer own(VideoReply reply, byte[] body) {
        AnswerShape shape = reply.shape() == null ? AnswerShape.whole() : reply.shape();
        return shape.answer(ResponseHead.text(reply.status(), reply.headers()), body);
    }
}
