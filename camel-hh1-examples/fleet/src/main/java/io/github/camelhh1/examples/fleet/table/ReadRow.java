package io.github.camelhh1.examples.fleet.table;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.fleet.route.Turns;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes the request for a photo from its row. */
record ReadRow(WorkerSettings.Backend asked) implements Processor {
    private static final Map<String, String> COLUMNS = Map.of(
            "image", Hh1Constants.IMAGE,
            "prompt", Hh1Constants.PROMPT,
            "negative_prompt", Hh1Constants.NEGATIVE_PROMPT,
            "resolution", Hh1Constants.RESOLUTION,
            "duration", Hh1Constants.DURATION,
            "seed", Hh1Constants.SEED,
            "watermark", Hh1Constants.WATERMARK);

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getBody(Map.class);
        message.setBody(null);
        message.setHeader(Hh1Constants.CORRELATION, message.getHeader(Turns.PHOTO));
        message.setHeader(Hh1Constants.PROMPT, asked.prompt());
        message.setHeader(Hh1Constants.RESOLUTION, asked.resolution());
        message.setHeader(Hh1Constants.DURATION, asked.duration());
        COLUMNS.forEach((column, header) -> {
            Object value = row.get(column);
            if (value != null) {
                message.setHeader(header, value);
            }
        });
    }
}
