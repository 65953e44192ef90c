package io.github.camelhh1.benchmarks.jvm;

import static org.apache.camel.builder.Builder.header;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.vertx.http.VertxHttpComponent;
import org.apache.camel.model.RouteDefinition;

/** The ways to make the same call, each tuned for the calls that are to be in flight at once. */
public enum Route {
    HH1("hh1:generate") {
        @Override
        void build(RouteDefinition route, CamelContext context, Target target, int inFlight) {
            var hh1 = context.getComponent("hh1", Hh1Component.class);
            hh1.setMaxInFlight(inFlight);
            var options = hh1.getConfiguration();
            options.setBaseUrl(target.baseUrl());
            options.setAccountId(target.account());
            options.setApiKey(target.key());
            options.setInlineImages(true);
            route.to("hh1:generate?prompt=" + RunRequest.PROMPT);
        }

        @Override
        Object body(Path image) {
            return image.toFile();
        }

        @Override
        Object body() {
            return RunRequest.IMAGE;
        }
    },

    HH1_WITHOUT_LOOKUP("hh1:generate, lookup=false") {
        @Override
        void build(RouteDefinition route, CamelContext context, Target target, int inFlight) {
            HH1.build(route, context, target, inFlight);
            context.getComponent("hh1", Hh1Component.class).getConfiguration().setLookup(false);
        }

        @Override
        Object body() {
            return RunRequest.IMAGE;
        }
    },

    /** Tasks of Model Studio, asked for once in two seconds. */
    HH1_TASKS("hh1:generate, backend=modelstudio") {
        @Override
        void build(RouteDefinition route, CamelContext context, Target target, int inFlight) {
            HH1.build(route, context, target, inFlight);
            var hh1 = context.getComponent("hh1", Hh1Component.class);
            hh1.setMaxTasks(inFlight);
            hh1.setMaxCreatesPerSecond(NO_LIMIT);
            hh1.setMaxPollsPerSecond(NO_LIMIT);
            var options = hh1.getConfiguration();
            options.setBackend("modelstudio");
            options.setBaseUrl(URI.create(target.baseUrl()).resolve("/").toString());
            options.setAccountId(null);
            options.setPollInterval(2_000);
        }

        @Override
        Object body() {
            return RunRequest.IMAGE;
        }
    },

    HH1_DIRECTORY("hh1:generate, stagingDirectory") {
        @Override
        void build(RouteDefinition route, CamelContext context, Target target, int inFlight) {
            HH1.build(route, context, target, inFlight);
            stage(context, "stagingDirectory=" + ImageStore.DIRECTORY + "&stagingBaseUrl=http://127.0.0.1/", route);
        }

        @Override
        Object body(Path image) {
            return image.toFile();
        }
    },

    HH1_ENDPOINT("hh1:generate, stagingUri=direct:") {
        @Override
        void build(RouteDefinition route, CamelContext context, Target target, int inFlight) {
            HH1.build(route, context, target, inFlight);
            stage(context, "stagingUri=direct:store&stagingCleanupUri=direct:remove", route);
        }

        @Override
        Object body(Path image) {
            return image.toFile();
        }
    },

    /** One connection and one thread for each call. */
    CAMEL_HTTP("camel-http, tuned") {
        @Override
        void build(RouteDefinition route, CamelContext context, Target target, int inFlight) {
            var http = context.getComponent("http", HttpComponent.class);
            http.setConnectionsPerRoute(inFlight);
            http.setMaxTotalConnections(inFlight);
            route.threads(inFlight, inFlight)
                    .process(new RunRequest(target.key()))
                    .to(target.runUrl())
                    .convertBodyTo(String.class);
        }
    },

    /** One connection for each call, and the event loops that Vert.x starts by itself. */
    VERTX_HTTP("camel-vertx-http") {
        @Override
        void build(RouteDefinition route, CamelContext context, Target target, int inFlight) {
            var http = context.getComponent("vertx-http", VertxHttpComponent.class);
            http.setWebClientOptions(new WebClientOptions(new JsonObject().put("maxPoolSize", inFlight)));
            route.process(new RunRequest(target.key()))
                    .to("vertx-http:" + target.runUrl())
                    .convertBodyTo(String.class);
        }
    },

    /** The same, with the request made of fields and the link read out of the answer, as hh1 does. */
    VERTX_HTTP_JSON("camel-vertx-http, JSON made and read") {
        @Override
        void build(RouteDefinition route, CamelContext context, Target target, int inFlight) {
            route.process(new WriteJson());
            VERTX_HTTP.build(route, context, target, inFlight);
            route.process(new ReadJson());
        }

        @Override
        Object body() {
            return RunRequest.FIELDS;
        }
    },

    /** One video from where it lies. */
    HH1_DOWNLOAD("hh1:download") {
        @Override
        void build(RouteDefinition route, CamelContext context, Target target, int inFlight) {
            route.setBody()
                    .constant(target.baseUrl())
                    .to("hh1:download?allowPrivateHosts=true")
                    .setBody(header(Hh1Constants.VIDEO_FILE_NAME));
        }
    };

    static final String START = "direct:start";
    /** A second. */
    private static final int NO_LIMIT = 100_000;

    private final String title;

    Route(String title) {
        this.title = title;
    }

    private static void stage(CamelContext context, String options, RouteDefinition route) {
        context.getComponent("hh1", Hh1Component.class).getConfiguration().setInlineImages(false);
        route.getOutputs().clear();
        route.to("hh1:generate?" + options);
    }

    abstract void build(RouteDefinition route, CamelContext context, Target target, int inFlight);

    /** The message that asks for a video of this image. */
    Object body(Path image) {
        return image;
    }

    /** The message that asks for a video of an image that has a link. */
    Object body() {
        return RunRequest.LINKED;
    }

    public String title() {
        return title;
    }

    RouteBuilder builder(CamelContext context, Target target, int inFlight) {
        return new RouteBuilder(context) {
            @Override
            public void configure() {
                if (Route.this == HH1_ENDPOINT) {
                    from("direct:store").process(ImageStore::store);
                    from("direct:remove").process(ImageStore::remove);
                }
                build(from(START), context, target, inFlight);
            }
        };
    }
}
