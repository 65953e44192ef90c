package io.github.camelhh1.simulator.wire;

import java.nio.ByteBuffer;

/** Cuts a request's body out of what arrives: by its length, or chunk by chunk. */
final class RequestBodyReader {
    private enum Step {
        DATA,
        AFTER_DATA,
        SIZE,
        TRAILER,
        DONE
    }

    private final boolean chunked;
    private final Site.Body body;
    private final StringBuilder line = new StringBuilder();
    private Step step;
    private long left;

    RequestBodyReader(Head head, Site.Body body) throws WireException {
        this.body = body;
        chunked = head.header("Transfer-Encoding").equalsIgnoreCase("chunked");
        left = chunked ? 0 : length(head.header("Content-Length"), 10);
        step = chunked ? Step.SIZE : left > 0 ? Step.DATA : Step.DONE;
    }

    boolean done() {
        return step == Step.DONE;
    }

    /** Takes what it can; stops after the body's last byte, or after one part, so that the caller can look around. */
    void take(ByteBuffer buffer) throws WireException {
        if (step == Step.DATA) {
            data(buffer);
        } else {
            framing((char) (buffer.get() & 0xff));
        }
    }

    private void data(ByteBuffer buffer) {
        int length = (int) Math.min(left, buffer.remaining());
        int from = buffer.arrayOffset() + buffer.position();
        buffer.position(buffer.position() + length);
        left -= length;
        if (left == 0) {
            step = chunked ? Step.AFTER_DATA : Step.DONE;
        }
        body.part(buffer.array(), from, length);
    }

    private void framing(char c) throws WireException {
        if (c != '\n') {
            if (c != '\r') {
                line.append(c);
            }
            if (line.length() > 1000) {
                throw new WireException("a chunk whose size line does not end");
            }
            return;
        }
        String text = line.toString();
        line.setLength(0);
        switch (step) {
            case SIZE -> size(text);
            case AFTER_DATA -> step = Step.SIZE;
            default -> step = text.isEmpty() ? Step.DONE : Step.TRAILER;
        }
    }

    private void size(String text) throws WireException {
        left = length(text.split(";", -1)[0].strip(), 16);
        step = left == 0 ? Step.TRAILER : Step.DATA;
    }

    private static long length(String digits, int radix) throws WireException {
        try {
            return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, radix);
        } catch (NumberFormatException e) {
            throw new WireException("a length that is no number");
        }
    }
}
