package io.github.camelhh1.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.failure.BudgetExceededException;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckHelper;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
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
                    from("direct:in").routeId("in").to("hh1:generate");
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

        @ParameterizedTest
        @CsvSource({
            "generation-timeout, 15, generationTimeout=15 is 15 milliseconds, write 15m",
            "generation-timeout, 90, generationTimeout=90 is 90 milliseconds, write 90s",
            "connect-timeout, -5, connectTimeout must be more than 0, ''"
        })
        void ofADurationWithoutAUnitIsRefusedWhereItCannotBeMeant(
                String property, String value, String problem, String solution) {
            application
                    .withPropertyValues(
                            "camel.component.hh1.backend=cloudflare",
                            "camel.component.hh1.account-id=an-account",
                            "camel.component.hh1.api-key=a-key",
                            "camel.component.hh1." + property + "=" + value)
                    .run(context -> assertThat(refusal(context)).contains(problem, solution));
        }

        @Test
        void ofADurationWithoutAUnitCountsMillisecondsAsInEndpoints() {
            application
                    .withPropertyValues("camel.component.hh1.retry-delay=5", "camel.component.hh1.connect-timeout=7000")
                    .run(context -> {
                        assertThat(component(context).getConfiguration().getRetryDelay())
                                .isEqualTo(5);
                        assertThat(component(context).getConnectTimeout()).isEqualTo(7_000);
                    });
        }

        @ParameterizedTest
        @CsvSource({"max-cost-per-dya, 25", "generation-timeout, soon"})
        void thatIsWrongIsShownWithItsFileAndLine(String name, String value, @TempDir Path directory) throws Exception {
            Path file = directory.resolve("application.properties");
            Files.writeString(file, "# Line 1\ncamel.component.hh1." + name + "=" + value + "\n");
            try (var log = CapturedLog.start()) {
                var application = new SpringApplication(Application.class);
                application.setWebApplicationType(WebApplicationType.NONE);
                assertThatThrownBy(() -> application.run("--spring.config.location=" + file.toUri()))
                        .isNotNull();
                assertThat(log.text()).contains("APPLICATION FAILED TO START", name, "application.properties] - 2:");
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
    class HealthChecks {
        @TempDir
        Path directory;

        /** The calls of the actuator and of Camel's indicators. */
        private List<String> ids(boolean liveness, String... properties) {
            var ids = new ArrayList<String>();
            application
                    .withPropertyValues("camel.component.hh1.ledger=jdbc:sqlite:" + directory.resolve("hh1.db"))
                    .withPropertyValues("camel.component.hh1.account-id=canary-account")
                    .withPropertyValues(properties)
                    .run(context -> {
                        var camel = context.getBean(CamelContext.class);
                        send(context, Map.of());
                        var results = liveness
                                ? HealthCheckHelper.invokeLiveness(camel, "full")
                                : HealthCheckHelper.invoke(camel, "full");
                        results.forEach(result -> ids.add(result.getCheck().getId()));
                    });
            return ids;
        }

        @Test
        void areOnAndHaveTheSameIdsAtEachStart() {
            List<String> ids = ids(false);
            assertThat(ids).contains("hh1-service", "hh1-ledger");
            assertThat(ids(false)).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(ids.toString()).doesNotContain("canary-account");
        }

        @Test
        void areSwitchedOffByTheComponentsOption() {
            assertThat(ids(false, "camel.component.hh1.health-check-producer-enabled=false"))
                    .noneMatch(id -> id.startsWith("hh1"));
        }

        @Test
        void areNotOfLiveness() {
            assertThat(ids(true)).noneMatch(id -> id.startsWith("hh1"));
        }
    }

    @Nested
    class ASecret {
        private static final String CANARY = "canary-4711";

        /** They are the defaults of {@code apiKey}. */
        @ParameterizedTest
        @ValueSource(strings = {"CLOUDFLARE_API_TOKEN", "DASHSCOPE_API_KEY"})
        void isNeverShownByTheActuatorAsAVariableOfTheEnvironment(String variable) {
            application
                    .withSystemProperties(variable + "=" + CANARY)
                    .run(context -> assertThat(shown(context).get(variable)).isEqualTo("******"));
        }

        private static Map<String, String> shown(AssertableApplicationContext context) {
            var functions = context.getBeansOfType(SanitizingFunction.class).values();
            var endpoint = new EnvironmentEndpoint(context.getEnvironment(), functions, Show.ALWAYS);
            var shown = new HashMap<String, String>();
            for (var source : endpoint.environment(null).getPropertySources()) {
                source.getProperties().forEach((name, value) -> shown.put(name, String.valueOf(value.getValue())));
            }
            return shown;
        }

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
                        assertThat(shown(context))
                                .containsKey("camel.component.hh1." + property)
                                .allSatisfy((name, value) ->
                                        assertThat(value).as(name).doesNotContain(CANARY));
                    });
        }
    }
}
