package io.github.camelhh1.examples.fleet.queues;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;

/** Photos from Kafka become rows, which the workers take. */
final class KafkaRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("kafka:photos?groupId=fleet&autoCommitEnable=false&allowManualCommit=true&maxPollRecords=100")
                .to("sql:insert into fleet_photos (id, image) values (:#${header.kafka.KEY}, :#${body})"
                        + " on conflict do nothing?dataSource=#fleet")
                .process(exchange -> exchange.getMessage()
                        .getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class)
                        .commit());
    }
}
