package io.github.camelhh1.examples.fleet.table;

import io.github.camelhh1.examples.fleet.route.Turns;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;

/** The way of one row. Its state changes when all of it is through. */
final class TableRoutes extends RouteBuilder {
    private final WorkerSettings settings;
    private final PhotoTable table;
    private final Claims claims;
    private final TellInTable tell;
    private final Processor store;

    TableRoutes(WorkerSettings settings, PhotoTable table, Claims claims, TellInTable tell, Processor store) {
        this.settings = settings;
        this.table = table;
        this.claims = claims;
        this.tell = tell;
        this.store = store;
    }

    @Override
    public void configure() {
        onException(Exception.class)
                .onWhen(tell::isForLater)
                .handled(true)
                .logExhausted(false)
                .process(tell::later);
        onException(Exception.class).handled(true).logExhausted(false).process(tell);

        from("sql:photos?query=RAW("
                        + table.claim(settings.times().visibility(), TablePlace.most(settings))
                        + ")&dataSource=#photosDataSource&greedy=true&initialDelay=0&delay=1000"
                        + "&exceptionHandler=#refusals")
                .routeId("photos")
                .process(claims::begin)
                .process(new Turns(settings.inFlight()))
                // The sql consumer waits for its exchange: a photo goes on without it, or one would be in work at once.
                .to("seda:photos?size=1&blockWhenFull=true&waitForTaskToComplete=Never");

        from("seda:photos?size=1")
                .routeId("photo")
                .process(Turns::refuseWhenStopping)
                .process(new ReadRow(settings.backend()))
                .to("hh1:generate?requestKey=${header." + Turns.PHOTO + "}&group="
                        + settings.queues().photos())
                .to("hh1:download")
                .process(store);
    }
}
