package io.github.camelhh1.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.StartedParts;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The memory for keys that only this JVM knows: its entries, and their lifetime. */
class RememberedKeysTest {
    @Nested
    class OfAUnitOfWork {
        @RegisterExtension
        static final TestContext CAMEL = new TestContext();

        @Test
        void areKeptUntilItEnds() {
            RememberedKeys keys = StartedParts.keys(CAMEL.component());
            var gate = new CompletableFuture<Void>();
            CAMEL.simulator().script(Reply.completed().heldUntil(gate));
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:all")
                            .to("seda:copy?pollTimeout=20")
                            .to("hh1:generate")
                            .enrich("direct:one")
                            .multicast()
                            .to("direct:one", "direct:one");
                    from("direct:one").to("hh1:generate?duration=4");
                    from("seda:copy?pollTimeout=20").to("hh1:generate?duration=5");
                }
            });
            var sent = CAMEL.sendTo("direct:all", exchange -> exchange.getMessage()
                    .setHeader(Hh1Constants.IMAGE, CAMEL.simulator().sampleImageUrl()));
            await().atMost(TestContext.LIMIT).until(() -> CAMEL.simulator().inFlight() >= 1);
            assertThat(keys.units()).isPositive();
            gate.complete(null);
            assertThat(sent.end().getException()).isNull();
            await().atMost(TestContext.LIMIT).until(() -> keys.units() == 0);
        }
    }

    @Nested
    class OfCopies {
        @Test
        void areKeptUpToTheirLimitTheOldestGoingFirst() {
            var slots = new RememberedKeys.KeySlots(100);
            var round = new Slot.Round(0, null, 0);
            for (int place = 0; place < 1_000; place++) {
                String key = "key-" + place;
                assertThat(slots.key(new Slot("place-" + place, List.of(), round), () -> key))
                        .isEqualTo(key);
            }
            assertThat(slots.size()).isEqualTo(100);
            var another = new Slot.Round(1, 1, 0);
            assertThat(slots.key(new Slot("place-999", List.of(), another), () -> "new"))
                    .isEqualTo("key-999");
            assertThat(slots.key(new Slot("place-0", List.of(), another), () -> "new"))
                    .isEqualTo("new");
        }
    }

    @Nested
    class OfAPlace {
        private final RememberedKeys.KeySlots slots = new RememberedKeys.KeySlots(10);
        private int made;

        private String key(int failure, Integer counter) {
            return slots.key(new Slot("place", List.of(), new Slot.Round(failure, counter, 0)), () -> "key-" + ++made);
        }

        @Test
        void areGivenAgainInTheirOrderAfterAFailure() {
            assertThat(key(0, null)).isEqualTo("key-1");
            assertThat(key(0, null)).isEqualTo("key-2");
            assertThat(key(7, 1)).isEqualTo("key-1");
            assertThat(key(7, 1)).isEqualTo("key-2");
            assertThat(key(7, 1)).isEqualTo("key-3");
            // The same exception, thrown again.
            assertThat(key(7, 2)).isEqualTo("key-1");
            // A route that removes Camel's headers is no failure.
            assertThat(key(7, null)).isEqualTo("key-2");
            assertThat(key(8, null)).isEqualTo("key-1");
        }
    }
}
