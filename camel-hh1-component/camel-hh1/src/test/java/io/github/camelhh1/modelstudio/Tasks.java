package io.github.camelhh1.modelstudio;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.ModelStudio;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Messages to the simulated Model Studio, and the operations of their runs. */
final class Tasks {
    private final TestContext camel;

    Tasks(TestContext camel) {
        this.camel = camel;
    }

    /** For {@code TestContext.options}: asks every few milliseconds. */
    void use(Hh1Configuration options) {
        options.setBackend("modelstudio");
        options.setBaseUrl(service().baseUrl());
        options.setAccountId(null);
        options.setPollInterval(20);
    }

    ModelStudio service() {
        return camel.simulator().modelStudio();
    }

    SentMessage send(String key, String options) {
        return camel.send(options, exchange -> {
            exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, key);
            exchange.getMessage().setBody(camel.simulator().sampleImageUrl());
        });
    }

    /** Waits until the simulator has a task of this status, and gives the task's id. */
    String task(String status) {
        Awaitility.await().atMost(TestContext.LIMIT).until(() -> service().tasks().stream()
                .anyMatch(task -> task.status().equals(status)));
        return service().tasks().get(service().tasks().size() - 1).id();
    }

    void awaitPolls(int more) {
        int target = service().pollCount() + more;
        Awaitility.await().atMost(TestContext.LIMIT).until(() -> service().pollCount() >= target);
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> runs() {
        return camel.sendTo("hh1:runs", exchange -> {}).end().getMessage().getBody(List.class);
    }
}
