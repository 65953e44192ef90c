package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The results of Camel's health checks. */
class HealthTest {
    private static final String OTHER_KEY = "canary-4f1d9b7a-key-rotated";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final AtomicReference<String> key = new AtomicReference<>(TestContext.KEY);

    @BeforeEach
    void supplyTheKey() {
        CAMEL.options(options -> options.setApiKeySupplier(key::get));
    }

    private static List<HealthCheck.Result> results(CamelContext context) {
        return HealthCheckHelper.invokeReadiness(context, "full").stream()
                .filter(result -> result.getCheck().getId().startsWith("hh1-"))
                .toList();
    }

    private static List<String> ids(CamelContext context) {
        return results(context).stream()
                .map(result -> result.getCheck().getId())
                .toList();
    }

    /** No option of the component or of Camel switches the check on. */
    private static HealthCheck.Result result() {
        assertThat(ids(CAMEL.context())).containsExactly("hh1-service");
        return results(CAMEL.context()).get(0);
    }

    private static void refuse(int times) {
        CAMEL.simulator().acceptOnly(OTHER_KEY);
        for (int i = 0; i < times; i++) {
            assertThat(CAMEL.send("").failure(RejectedException.class).httpStatus())
                    .isEqualTo(401);
        }
    }

    @Nested
    class AnAccount {
        @Test
        void isUpOnceTheRouteHasStarted() {
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:photo").to("hh1:generate");
                }
            });
            assertThat(result().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(CAMEL.posts()).isZero();
        }

        @Test
        void isUpAfterTwoRefusals() {
            refuse(2);
            assertThat(result().getState()).isEqualTo(HealthCheck.State.UP);
        }

        @Test
        void isDownAfterThreeRefusalsAndSaysWhy() {
            refuse(3);
            HealthCheck.Result result = result();
            assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(result.getMessage()).hasValueSatisfying(message -> assertThat(message)
                    .contains("refused 3 times in a row")
                    .contains("uthentication"));
            assertThat(result.getDetails().get("reason"))
                    .hasToString(result.getMessage().orElseThrow());
            assertThat(HealthCheckHelper.invokeLiveness(CAMEL.context(), "full"))
                    .extracting(check -> check.getCheck().getId())
                    .doesNotContain("hh1-service");
            CAMEL.send("").failure(NotSentException.class);
            assertThat(CAMEL.posts()).isEqualTo(3);
        }

        @Test
        void isDownAfterFiveRunsThatMayBeBilledAndSaysWhy() {
            CAMEL.simulator().when(request -> true).reply(Reply.failed("8001", "The model failed"));
            for (int i = 0; i < 4; i++) {
                CAMEL.send("").failure(RejectedException.class);
            }
            assertThat(result().getState()).isEqualTo(HealthCheck.State.UP);
            CAMEL.send("").failure(RejectedException.class);
            HealthCheck.Result result = result();
            assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(result.getMessage())
                    .hasValueSatisfying(message ->
                            assertThat(message).contains("5 requests in a row").contains("The model failed"));
        }

        @Test
        void isUpAgainAfterTheKeyChangedAndAVideoCame() {
            refuse(3);
            assertThat(result().getState()).isEqualTo(HealthCheck.State.DOWN);
            key.set(OTHER_KEY);
            assertThat(CAMEL.send("").video()).isNotEmpty();
            assertThat(result().getState()).isEqualTo(HealthCheck.State.UP);
        }
    }

    @Nested
    class ManyEndpoints {
        @Test
        void haveOneCheckThatIsDownWhileOneOfThemSendsNothing() throws Exception {
            CAMEL.context().getRegistry().bind("good", (Supplier<String>) () -> OTHER_KEY);
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:other").routeId("other").to("hh1:generate?seed=1");
                    from("direct:good").to("hh1:generate?seed=2&apiKeySupplier=#good");
                }
            });
            CAMEL.simulator().acceptOnly(OTHER_KEY);
            for (int i = 0; i < 3; i++) {
                CAMEL.sendTo("direct:other", message -> message.getMessage()
                                .setBody(CAMEL.simulator().sampleImageUrl()))
                        .failure(RejectedException.class);
            }
            assertThat(result().getState()).isEqualTo(HealthCheck.State.DOWN);
            CAMEL.context().getRouteController().stopRoute("other");
            CAMEL.context().removeRoute("other");
            assertThat(result().getState()).isEqualTo(HealthCheck.State.UP);
        }
    }

    /** Of a component that has a ledger which outlives it. */
    @Nested
    class TheChecksOfAComponent {
        @TempDir
        private Path directory;

        private Hh1Component add(String name) {
            var component = new Hh1Component(CAMEL.context());
            component.setLedger(Ledgers.of("jdbc:sqlite:" + directory.resolve(name + ".db")));
            CAMEL.context().addComponent(name, component);
            return component;
        }

        private static List<String> ids() {
            return HealthTest.ids(CAMEL.context());
        }

        @Test
        void areNamedAfterItAndGoWithIt() {
            Hh1Component first = add("hh1-eu");
            Hh1Component second = add("hh1-us");
            assertThat(ids())
                    .containsExactlyInAnyOrder(
                            "hh1-service", "hh1-eu-ledger", "hh1-eu-service", "hh1-us-ledger", "hh1-us-service");

            first.stop();
            assertThat(ids()).containsExactlyInAnyOrder("hh1-service", "hh1-us-ledger", "hh1-us-service");
            first.start();
            assertThat(ids())
                    .containsExactlyInAnyOrder(
                            "hh1-service", "hh1-eu-ledger", "hh1-eu-service", "hh1-us-ledger", "hh1-us-service");
            first.stop();
            second.stop();
        }

        @Test
        void areNamedAfterOneThatCamelMade() throws IOException {
            try (var context = new DefaultCamelContext()) {
                context.getComponent("hh1", Hh1Component.class)
                        .setLedger(Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db")));
                context.start();
                assertThat(HealthTest.ids(context)).containsExactlyInAnyOrder("hh1-ledger", "hh1-service");
            }
        }

        @Test
        void areLeftOutWhereTheyAreNotWanted() {
            Hh1Component component = add("hh1-eu");
            component.stop();
            component.setHealthCheckProducerEnabled(false);
            component.start();
            assertThat(ids()).containsExactly("hh1-service");
        }
    }
}
