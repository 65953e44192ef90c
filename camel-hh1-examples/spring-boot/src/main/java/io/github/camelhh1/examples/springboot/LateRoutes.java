package io.github.camelhh1.examples.springboot;

import io.github.camelhh1.failure.VideoExpiredException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * Videos that came when no photo waited for them any more: the answer of their request was lost, and a look-up found them.
 * The correlation of a run is the key of its request. A run that fails here comes again, after 10 seconds and later.
 */
@Component
class LateRoutes extends RouteBuilder {
    private final VideoFolder folder;

    LateRoutes(VideoFolder folder) {
        this.folder = folder;
    }

    @Override
    public void configure() {
        onException(VideoExpiredException.class)
                .handled(true)
                .process(exchange -> folder.fail(key(exchange), VideoRoutes.reason(exchange)))
                .log(LoggingLevel.WARN, "${header.CamelHh1Correlation} failed: ${exception.message}");
        // Found, and so paid. Not handled: the run comes again.
        onException(Exception.class).process(exchange -> folder.fail(key(exchange), VideoRoutes.reason(exchange)));

        from("hh1:recovered?after={{videos.late-after}}")
                .routeId("recovered")
                .to("hh1:download")
                .to("file:{{videos.folder}}/out?fileName=${header.CamelHh1Correlation}.mp4"
                        + "&tempFileName=.${header.CamelHh1Correlation}.part")
                .process(exchange -> folder.deleteFailure(key(exchange)))
                .log("${header.CamelHh1Correlation}.mp4 is made, late");
    }

    private static String key(Exchange exchange) {
        return exchange.getMessage().getHeader("CamelHh1Correlation", String.class);
    }
}
