package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Producer;
import org.apache.camel.Service;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An option that is set after what uses it has started is refused: it is never shown and ignored. */
class OptionsAfterStartTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    /** A value of this type that is not {@code now}. */
    private static Object other(Class<?> type, Object now) {
        if (type.isEnum()) {
            return type.getEnumConstants()[1];
        }
        Map<Class<?>, Object> others = Map.ofEntries(
                Map.entry(String.class, "other"),
                Map.entry(boolean.class, !Boolean.TRUE.equals(now)),
                Map.entry(Boolean.class, true),
                Map.entry(int.class, 7),
                Map.entry(Integer.class, 7),
                Map.entry(long.class, 7L),
                Map.entry(Long.class, 7L),
                Map.entry(Duration.class, Duration.ofSeconds(7)),
                Map.entry(Supplier.class, (Supplier<String>) () -> "other"),
                Map.entry(Ledger.class, Ledgers.memory()),
                Map.entry(SSLContextParameters.class, new SSLContextParameters()),
                Map.entry(Hh1Configuration.class, new Hh1Configuration()),
                Map.entry(Hh1MessageOptions.class, new Hh1MessageOptions()));
        assertThat(others).as("a value for each type of an option").containsKey(type);
        return others.get(type);
    }

    /** Those that are written in the class itself, or in one of this component that it extends. */
    private static List<Method> setters(Class<?> type) {
        List<Method> setters = Stream.of(type, type.getSuperclass())
                .filter(declaring -> declaring.getPackage().equals(type.getPackage()))
                .flatMap(declaring -> Arrays.stream(declaring.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getName().startsWith("set") && method.getParameterCount() == 1)
                .toList();
        assertThat(setters).isNotEmpty();
        return setters;
    }

    private static Object get(Object target, Method setter) throws ReflectiveOperationException {
        String option = setter.getName().substring("set".length());
        String prefix = setter.getParameterTypes()[0] == boolean.class ? "is" : "get";
        return target.getClass().getMethod(prefix + option).invoke(target);
    }

    private static String name(Method setter) {
        return Character.toLowerCase(setter.getName().charAt(3))
                + setter.getName().substring(4);
    }

    private static void areAllRefused(Object target) throws ReflectiveOperationException {
        for (Method setter : setters(target.getClass())) {
            Object before = get(target, setter);
            Object other = other(setter.getParameterTypes()[0], before);
            assertThatThrownBy(() -> setter.invoke(target, other))
                    .as(setter.getName())
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(name(setter), "before the Camel context starts");
            assertThat(get(target, setter)).as(setter.getName()).isEqualTo(before);
        }
    }

    private static void areAllTaken(Object target) throws ReflectiveOperationException {
        for (Method setter : setters(target.getClass())) {
            Object other = other(setter.getParameterTypes()[0], get(target, setter));
            setter.invoke(target, other);
            assertThat(get(target, setter)).as(setter.getName()).isEqualTo(other);
        }
    }

    @Nested
    class OfAComponent {
        private final Hh1Component component = new Hh1Component(CAMEL.context());
        private final Hh1Configuration held = component.getConfiguration();

        private void start() {
            CAMEL.context().addComponent("hh1-eu", component);
            component.start();
        }

        @Test
        void areAllRefusedUntilItStops() throws Exception {
            start();
            areAllRefused(component);
            areAllRefused(held);

            component.stop();
            areAllTaken(held);
            areAllTaken(component);
        }

        /** Every one that Camel knows, its own too. */
        @Test
        void areRefusedHoweverTheyAreBound() throws IOException {
            start();
            PropertyConfigurer configurer = component.getComponentPropertyConfigurer();
            assertThat(named("componentProperties"))
                    .contains("maxInFlight", "preflight", "lazyStartProducer")
                    .allSatisfy(name -> assertThatThrownBy(() -> configurer.configure(
                                    CAMEL.context(), component, name, bound(configurer, name), false))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining(name));
        }

        private static List<String> named(String part) throws IOException {
            URL description = Hh1Component.class.getResource("/META-INF/io/github/camelhh1/hh1.json");
            var names = new ArrayList<String>();
            try (var json = description.openStream()) {
                new ObjectMapper().readTree(json).get(part).fieldNames().forEachRemaining(names::add);
            }
            return names;
        }

        private Object bound(PropertyConfigurer configurer, String name) {
            var getter = (PropertyConfigurerGetter) configurer;
            return other(getter.getOptionType(name, false), getter.getOptionValue(component, name, false));
        }

        @Test
        void mayBeSetToWhatTheyAre() {
            start();
            assertThatCode(() -> {
                        component.setMaxInFlight(8);
                        held.setPreflight("warn");
                        component.setConfiguration(held);
                    })
                    .doesNotThrowAnyException();
        }

        @Test
        void sayTheValueAndWhatToDo() {
            start();
            assertThatThrownBy(() -> component.setMaxCostPerDay("0.01"))
                    .hasMessageContainingAll("maxCostPerDay=0.01", "stop the component");
        }

        @Test
        void areTakenAfterAStartThatFailed() {
            component.setMaxInFlight(0);
            assertThatThrownBy(this::start).hasStackTraceContaining("maxInFlight");
            component.setMaxInFlight(1);
            held.setPreflight("fail");
            assertThat(component.getMaxInFlight()).isEqualTo(1);
        }

        @Test
        void areRefusedWhileAnotherComponentUsesThem() {
            var another = new Hh1Component(CAMEL.context());
            another.setConfiguration(held);
            CAMEL.context().addComponent("hh1-us", another);
            start();
            another.start();

            component.stop();
            assertThatThrownBy(() -> held.setPreflight("fail")).isInstanceOf(IllegalStateException.class);
            another.stop();
            held.setPreflight("fail");
        }

        @Test
        void doNotShowAKey() {
            start();
            assertThatThrownBy(() -> held.setApiKey("canary&1"))
                    .hasMessageContaining("apiKey")
                    .hasMessageNotContaining("canary");
            assertThatThrownBy(() -> held.setStagingUri("aws2-s3:photos?accessKey=canary&secretKey=RAW(canary)"))
                    .hasMessageContaining("stagingUri=aws2-s3:photos")
                    .hasMessageNotContaining("canary");
        }
    }

    @Nested
    class OfAnEndpoint {
        private Hh1Endpoint endpoint(String uri) {
            return CAMEL.context().getEndpoint(uri, Hh1Endpoint.class);
        }

        @Test
        void areAllRefusedWhileAProducerIsStarted() throws Exception {
            Hh1Endpoint endpoint = endpoint("hh1:generate");
            endpoint.getConfiguration().setMaxAttempts(2);
            Hh1Configuration configuration = endpoint.getConfiguration();
            Hh1MessageOptions input = endpoint.getInput();
            Producer producer = endpoint.createProducer();
            producer.start();
            areAllRefused(endpoint);
            areAllRefused(configuration);
            areAllRefused(input);

            producer.stop();
            areAllTaken(configuration);
            areAllTaken(input);
            areAllTaken(endpoint);
        }

        @ParameterizedTest
        @EnumSource
        void areRefusedWhateverItDoes(Hh1Operation operation) throws Exception {
            Hh1Endpoint endpoint =
                    endpoint("hh1:" + operation + (operation == Hh1Operation.lookup ? "?lookup=true" : ""));
            boolean consumes = operation == Hh1Operation.recovered || operation == Hh1Operation.held;
            Service user = consumes ? endpoint.createConsumer(exchange -> {}) : endpoint.createProducer();
            user.start();
            assertThatThrownBy(() -> endpoint.getConfiguration().setPreflight("fail"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("preflight=fail", "stop the routes");
            user.stop();
        }

        @Test
        void areTakenByOnesThatAreMadeLater() {
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:dynamic").toD("hh1:generate?duration=${header.seconds}");
                }
            });
            for (int seconds : new int[] {4, 5, 4}) {
                SentMessage sent = CAMEL.sendTo("direct:dynamic", exchange -> {
                    exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                    exchange.getMessage().setHeader("seconds", seconds);
                });
                assertThat(CAMEL.received(sent)).containsEntry("duration", seconds);
            }
        }
    }

    /** It has a copy of the component's options. */
    @Nested
    class AnEndpointThatIsOlderThanAnOptionOfItsComponent {
        private void add() {
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:older").routeId("older").to("hh1:generate");
                }
            });
        }

        private SentMessage send() {
            return CAMEL.sendTo("direct:older", exchange -> exchange.getMessage()
                    .setBody(CAMEL.simulator().sampleImageUrl()));
        }

        @Test
        void isNotStartedUntilItIsMadeAnew() throws Exception {
            add();
            CAMEL.context().getRouteController().stopRoute("older");
            CAMEL.restart(component -> component.getConfiguration().setGatewayId("house"));

            assertThatThrownBy(() -> CAMEL.context().getRouteController().startRoute("older"))
                    .hasStackTraceContaining("hh1://generate was made before");
            assertThat(CAMEL.posts()).isZero();

            CAMEL.context().getRouteController().stopRoute("older");
            CAMEL.context().removeRoute("older");
            CAMEL.context().removeEndpoints("hh1:*");
            add();
            assertThat(send().video()).isNotEmpty();
            assertThat(CAMEL.simulator().requests().get(0).header("cf-aig-gateway-id"))
                    .isEqualTo("house");
        }

        @Test
        void sendsNothingWhenItsRouteRanOn() {
            add();
            CAMEL.restart(component -> component.getConfiguration().setGatewayId("house"));

            assertThat(send().end().getException()).isNotNull();
            assertThat(CAMEL.posts()).isZero();
        }

        @Test
        void goesOnWhenNoneWasChanged() throws Exception {
            add();
            CAMEL.context().getRouteController().stopRoute("older");
            CAMEL.restart(component -> component.setMaxInFlight(1));
            CAMEL.context().getRouteController().startRoute("older");

            assertThat(send().video()).isNotEmpty();
        }
    }
}
