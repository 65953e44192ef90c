package io.github.camelhh1.simulator.wire;

import io.github.camelhh1.simulator.wire.Answer.ConnectionEnd;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How an answer's bytes go out: in one go, or in one of the ways that hurt. */
@FunctionalInterface
public interface AnswerShape {

    /** The head comes without its {@code Content-Length} and its last empty line. */
    Answer answer(String head, byte[] body);

    static AnswerShape whole() {
        return (head, body) -> new Answer(List.of(announced(head, body.length), Piece.bytes(body)), ConnectionEnd.KEEP);
    }

    static AnswerShape chunked() {
        return (head, body) -> new Answer(
                List.of(
                        Piece.text(head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length)
                                + "\r\n"),
                        Piece.bytes(body),
                        Piece.text(body.length == 0 ? "\r\n" : "\r\n0\r\n\r\n")),
                ConnectionEnd.KEEP);
    }

    static AnswerShape closing() {
        return (head, body) ->
                new Answer(List.of(announced(head, body.length), Piece.bytes(body)), ConnectionEnd.CLOSE);
    }

    static AnswerShape announcing(long length) {
        return (head, body) -> new Answer(List.of(announced(head, length), Piece.bytes(body)), ConnectionEnd.CLOSE);
    }

    static AnswerShape cut(int bytes, ConnectionEnd ending) {
        return (head, body) -> new Answer(
                List.of(announced(head, body.length), Piece.bytes(Arrays.copyOf(body, Math.min(bytes, body.length)))),
                ending);
    }

    static AnswerShape dripping(int bytes, Duration every) {
        return (head, body) -> new Answer(
                List.of(announced(head, body.length), Piece.dripping(body, bytes, every)), ConnectionEnd.KEEP);
    }

    static AnswerShape endlessHeaders() {
        byte[] more = ("X-More: " + "x".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return (head, body) ->
                new Answer(List.of(Piece.text(head), Piece.endless(more, Duration.ofMillis(5))), ConnectionEnd.HANG);
    }

    /** Sends a text of this many bytes in place of the body. The text has this start and this end; memory never holds it. */
    static AnswerShape filled(String start, long bytes, String end) {
        byte[] filler = "x".repeat(16 * 1024).getBytes(StandardCharsets.US_ASCII);
        return (head, body) -> new Answer(
                List.of(
                        announced(head, bytes),
                        Piece.text(start),
                        Piece.repeating(filler, bytes - start.length() - end.length()),
                        Piece.text(end)),
                ConnectionEnd.KEEP);
    }

    static AnswerShape nothing(ConnectionEnd ending) {
        return (head, body) -> Answer.nothing(ending);
    }

    private static Piece announced(String head, long length) {
        return Piece.text(head + "Content-Length: " + length + "\r\n\r\n");
    }
}
