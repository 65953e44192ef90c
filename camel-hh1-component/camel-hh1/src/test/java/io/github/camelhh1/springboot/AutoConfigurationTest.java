package io.github.camelhh1.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.failure.BudgetExceededException;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Spring Boot application that has the component on its class path and sets properties, and does nothing else for it. */
class AutoConfigurationTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withPropertyValues("camel.component.hh1.backend=simulator");

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean(destroyMethod = "close")
        Hh1Simulator simulator() {
            return Hh1Simulator.start();
        }

        @Bean
        RouteBuilder routes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("hh1:generate");
                }
            };
        }

        @Bean
        DataSource videos() {
            var source = new JdbcDataSource();
            source.setUrl("jdbc:h2:mem:auto;DB_CLOSE_DELAY=-1");
            return source;
        }
    }

    private static Hh1Component component(AssertableApplicationContext context) {
        return context.getBean(CamelContext.class).getComponent("hh1", Hh1Component.class);
    }

    private static Object send(AssertableApplicationContext context, Map<String, Object> headers) {
        String image = context.getBean(Hh1Simulator.class).sampleImageUrl();
        return context.getBean(CamelContext.class)
                .createProducerTemplate()
                .requestBodyAndHeaders("direct:in", image, headers);
    }

    private static String refusal(AssertableApplicationContext context) {
        var text = new StringBuilder();
        for (Throwable failure = context.getStartupFailure(); failure != null; failure = failure.getCause()) {
            text.append(failure.getMessage()).append('\n');
        }
        return text.toString();
    }

    @Nested
    class AProperty {
        @Test
        void isSetOnTheComponent() {
            application
                    .withPropertyValues(
                            "camel.component.hh1.generation-timeout=90s",
                            "camel.component.hh1.max-in-flight=3",
                            "camel.component.hh1.maxQueued=5",
                            "camel.component.hh1.correlation=$simple{header.order}")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        Hh1Component hh1 = component(context);
                        assertThat(hh1.getConfiguration().getBackend()).isEqualTo("simulator");
                        assertThat(hh1.getConfiguration().getGenerationTimeout())
                                .isEqualTo(90_000);
                        assertThat(hh1.getConfiguration().getCorrelation()).isEqualTo("$simple{header.order}");
                        assertThat(hh1.getMaxInFlight()).isEqualTo(3);
                        assertThat(hh1.getMaxQueued()).isEqualTo(5);
                        assertThat(send(context, Map.of())).asString().startsWith("http://127.0.0.1");
                    });
        }

        @Test
        void capsTheCost() {
            application
                    .withPropertyValues(
                            "camel.component.hh1.price-per-second=720P=0.14,1080P=0.28",
                            "camel.component.hh1.max-cost-per-day=0.50")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assertThat(failure(context)).isInstanceOf(BudgetExceededException.class);
                        assertThat(context.getBean(Hh1Simulator.class).charges())
                                .isZero();
                    });
        }

        private Throwable failure(AssertableApplicationContext context) {
            try {
                send(context, Map.of());
                return null;
            } catch (CamelExecutionException e) {
                return e.getCause();
            }
        }

        @Test
        void thatIsMisspelledStopsTheStartAndIsNamed() {
            application
                    .withPropertyValues("camel.component.hh1.max-cost-per-dya=25")
                    .run(context -> assertThat(refusal(context)).contains("camel.component.hh1", "max-cost-per-dya"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"max-in-flight=many", "generation-timeout=soon", "inline-images=perhaps"})
        void ofTheWrongTypeStopsTheStartAndIsNamed(String property) {
            String name = property.substring(0, property.indexOf('='));
            String value = property.substring(property.indexOf('=') + 1);
            application.withPropertyValues("camel.component.hh1." + property).run(context -> assertThat(
                            refusal(context))
                    .contains("camel.component.hh1." + name, "for value [" + value + "]"));
        }

        @Test
        void thatIsNotSetLeavesAComponentOfTheApplicationAsItIs() {
            application
                    .withBean("hh1", Hh1Component.class, () -> {
                        var hh1 = new Hh1Component();
                        hh1.setMaxInFlight(2);
                        hh1.getConfiguration().setModel("mine");
                        return hh1;
                    })
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assertThat(component(context).getMaxInFlight()).isEqualTo(2);
                        assertThat(component(context).getConfiguration().getModel())
                                .isEqualTo("mine");
                        assertThat(component(context).getConfiguration().getBackend())
                                .isEqualTo("simulator");
                    });
        }

        @Test
        void isNotSetWhereTheApplicationSwitchesTheCustomizerOff() {
            application
                    .withPropertyValues("camel.component.hh1.customizer.enabled=false")
                    .run(context -> assertThat(refusal(context)).contains("accountId"));
        }
    }

    @Nested
    class TheLedger {
        @ParameterizedTest
        @ValueSource(strings = {"#bean:videos", "#videos", "videos"})
        void isADataSourceOfTheApplication(String reference) {
            application
                    .withPropertyValues("camel.component.hh1.ledger=" + reference)
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        send(context, Map.of("CamelHh1RequestKey", reference));
                        try (var connection = context.getBean(DataSource.class).getConnection();
                                var statement = connection.createStatement();
                                var runs = statement.executeQuery("select count(*) from hh1_run")) {
                            assertThat(runs.next()).isTrue();
                            assertThat(runs.getInt(1)).isPositive();
                        }
                    });
        }

        @Test
        void isNotChosenByItself() {
            application.run(context ->
                    assertThat(component(context).getLedger().toString()).containsIgnoringCase("memory"));
        }

        @Test
        void thatDoesNotExistStopsTheStartAndIsNamed() {
            application
                    .withPropertyValues("camel.component.hh1.ledger=#bean:nope")
                    .run(context -> assertThat(refusal(context)).contains("ledger", "nope"));
        }
    }

    @Nested
    class ASecret {
        private static final String CANARY = "canary-4711";

        @ParameterizedTest
        @ValueSource(strings = {"api-key", "apiKey", "API_KEY", "proxyAuthPassword"})
        void isNeverShownByTheActuator(String property) {
            application
                    .withPropertyValues(
                            "camel.component.hh1.proxy-host=127.0.0.1",
                            "camel.component.hh1.proxy-port=9",
                            "camel.component.hh1.proxy-auth-username=me",
                            "camel.component.hh1.proxy-auth-password=" + CANARY,
                            "camel.component.hh1." + property + "=" + CANARY)
                    .run(context -> {
                        var functions =
                                context.getBeansOfType(SanitizingFunction.class).values();
                        var endpoint = new EnvironmentEndpoint(context.getEnvironment(), functions, Show.ALWAYS);
                        var sources = endpoint.environment(null).getPropertySources();
                        assertThat(sources).isNotEmpty();
                        for (var source : sources) {
                            source.getProperties().forEach((name, value) -> assertThat(String.valueOf(value.getValue()))
                                    .as(name)
                                    .doesNotContain(CANARY));
                        }
                    });
        }
    }
}
