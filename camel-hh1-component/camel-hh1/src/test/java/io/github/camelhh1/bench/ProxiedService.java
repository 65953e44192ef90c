package io.github.camelhh1.bench;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** A simulator behind TLS that only a proxy can reach. */
final class ProxiedService implements AutoCloseable {
    private static final Certificates CERTIFICATES = certificates();

    private final ProxyServer proxy = new ProxyServer();
    private final Front front;

    ProxiedService(Hh1Simulator simulator) throws Exception {
        front = Front.of(CERTIFICATES.server("good"), simulator.origin());
    }

    private static Certificates certificates() {
        try {
            return new Certificates(Files.createTempDirectory("hh1-certificates"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void reachFrom(Hh1Component component) throws Exception {
        component.setProxyHost("127.0.0.1");
        component.setProxyPort(proxy.port());
        component.setSslContextParameters(CERTIFICATES.trust());
        component.getConfiguration().setBaseUrl(front.url("https", "service.test"));
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        front.close();
    }
}
