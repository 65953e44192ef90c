package io.github.camelhh1.bench;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For every test class: a wait without a limit of its own ends only a test that hangs. */
public final class GenerousWaits implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext tests) {
        Awaitility.setDefaultTimeout(Bench.LIMIT);
    }
}
