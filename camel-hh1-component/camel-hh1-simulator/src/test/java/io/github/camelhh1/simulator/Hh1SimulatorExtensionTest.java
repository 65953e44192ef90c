package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class Hh1SimulatorExtensionTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    private static final Hh1Simulator FIRST_SEEN = SIMULATOR.simulator();

    @RepeatedTest(2)
    void startsEachTestAsNew() throws Exception {
        Hh1Simulator simulator = SIMULATOR.simulator();
        assertThat(simulator.charges()).isZero();
        assertThat(simulator.requests()).isEmpty();
        assertThat(run().statusCode()).isEqualTo(200);
        assertThat(simulator.charges()).isEqualTo(1);

        // All of this is undone for the next repetition.
        simulator
                .acceptOnly("another")
                .script(Reply.html(500))
                .when(request -> true)
                .reply(Reply.html(500));
        simulator.refuseConnections();
    }

    @Nested
    class InNestedClasses {

        @RepeatedTest(2)
        void theSameSimulatorGoesOn() throws Exception {
            assertThat(SIMULATOR.simulator()).isSameAs(FIRST_SEEN);
            assertThat(run().statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class InASecondNestedClass {

        @RepeatedTest(1)
        void theSameSimulatorGoesOn() throws Exception {
            assertThat(SIMULATOR.simulator()).isSameAs(FIRST_SEEN);
            assertThat(run().statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> run() throws Exception {
        Hh1Simulator simulator = SIMULATOR.simulator();
        return new RunClient(simulator).run("{\"image\":\"" + simulator.sampleImageUrl() + "\"}");
    }
}
