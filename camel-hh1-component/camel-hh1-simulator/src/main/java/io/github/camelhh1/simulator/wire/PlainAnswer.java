package io.github.camelhh1.simulator.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** Answers that are sent in one go, and leave the connection open. */
public final class PlainAnswer {
    private PlainAnswer() {}

    /** A status without a body. */
    public static Answer bare(int status) {
        return whole(status, Map.of(), new byte[0]);
    }

    public static Answer whole(int status, Map<String, String> fields, byte[] body) {
        return AnswerShape.whole().answer(ResponseHead.text(status, new LinkedHashMap<>(fields)), body);
    }
}
