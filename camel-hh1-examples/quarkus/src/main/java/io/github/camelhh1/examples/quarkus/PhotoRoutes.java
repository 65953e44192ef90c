package io.github.camelhh1.examples.quarkus;

import io.github.camelhh1.failure.Hh1Exception;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.builder.RouteBuilder;

/** A photo in one folder becomes a video in another. A video that comes late takes the second route. */
@ApplicationScoped
public class PhotoRoutes extends RouteBuilder {
    private static final String VIDEOS = "file:{{videos}}?fileName=${header.CamelHh1VideoFileName}";

    @Override
    public void configure() {
        onException(Hh1Exception.class)
                .log("${exception.message} retry: ${exception.retry} billing: ${exception.billing}"
                        + " run: ${exception.runId}");

        from("file:{{photos}}?include=.*[.](jpg|png|webp)&readLock=changed&moveFailed=failed")
                .to("hh1:generate?prompt={{prompt}}&duration=5")
                .to("hh1:download")
                .to(VIDEOS);

        from("hh1:recovered").to("hh1:download").to(VIDEOS);
    }
}
