package io.github.camelhh1.examples.s3pipeline;

import io.github.camelhh1.Hh1Constants;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

/**
 * The decision about a held run, by a person who has looked at the account.
 *
 * @param link to its video; null when there is none, and the request may be paid again
 * @param state in which the run is forgotten; not in another one, since a look-up may have found its video meanwhile
 */
record Settlement(String run, String link, String state) {

    /** Empty when nothing is to be settled. */
    static Optional<Settlement> read(UnaryOperator<String> properties) {
        String adopted = filled(properties.apply("pipeline.adopt"));
        String forgotten = filled(properties.apply("pipeline.forget"));
        String link = filled(properties.apply("pipeline.url"));
        if (adopted == null && forgotten == null) {
            return Optional.empty();
        } else if (adopted != null && forgotten != null) {
            throw new IllegalArgumentException("give pipeline.adopt or pipeline.forget, not both");
        } else if (adopted != null && link == null) {
            throw new IllegalArgumentException("pipeline.adopt needs pipeline.url, the link to the video");
        }
        String state = filled(properties.apply("pipeline.state"));
        return Optional.of(
                adopted != null
                        ? new Settlement(adopted, link, null)
                        : new Settlement(forgotten, null, state == null ? "UNKNOWN" : state));
    }

    /** Also while the pipeline runs. */
    void carryOut(Settings settings, Console console) throws Exception {
        Main main = Pipeline.camel(settings);
        main.configure().setRoutesCollectorEnabled(false);
        try {
            main.start();
            ProducerTemplate camel = main.getCamelTemplate();
            if (link == null) {
                camel.requestBodyAndHeaders(
                        "hh1:forget", null, Map.of(Hh1Constants.RUN_ID, run, Hh1Constants.RUN_STATE, state));
            } else {
                camel.requestBodyAndHeader("hh1:adopt", link, Hh1Constants.RUN_ID, run);
            }
            console.line("Run " + run + (link == null ? " is forgotten" : " has its video")
                    + ". Now move its photo back to the top of the bucket.");
        } catch (CamelExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            main.stop();
        }
    }

    private static String filled(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
