package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1ComponentOptions;
import io.github.camelhh1.http.AddressRule;
import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.http.HttpProxy;
import io.github.camelhh1.http.HttpSettings;
import io.github.camelhh1.http.HttpTransport;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients of a started component, each made when it is first needed. Calls, videos and linked images have
 * connections and name look-ups of their own, so that a stranger's host or name server delays no call.
 */
final class Connections {
    /** A client for each rule about addresses. */
    private static final class Clients {
        private final Map<AddressRule, HttpTransport> byRule = new ConcurrentHashMap<>();
        private final HostNames names;

        Clients(HostNames.Resolver resolver, Executor threads) {
            names = new HostNames(resolver, threads);
        }
    }

    private final Hh1ComponentOptions options;
    private final Tls tls;
    private final Threads threads;
    private final Clients services;
    private final Clients videos;
    private final Clients images;

    Connections(Hh1ComponentOptions options, Tls tls, HostNames.Resolver resolver, Threads threads) {
        this.options = options;
        this.tls = tls;
        this.threads = threads;
        this.services = new Clients(resolver, threads.names());
        this.videos = new Clients(resolver, threads.linkNames());
        this.images = new Clients(resolver, threads.imageNames());
    }

    HttpTransport service() {
        HttpSettings settings =
                settings(AddressRule.ANY, tls.service(), options.getMaxInFlight() + options.getMaxTasks());
        return services.byRule.computeIfAbsent(
                AddressRule.ANY, rule -> new HttpTransport(settings, services.names, threads.rooms));
    }

    /** For hosts of videos. Connects only where {@code rule} allows it, and shows no certificate. */
    HttpTransport videos(AddressRule rule) {
        return ofStrangers(rule, videos);
    }

    /** The same for hosts of linked images. */
    HttpTransport images(AddressRule rule) {
        return ofStrangers(rule, images);
    }

    private HttpTransport ofStrangers(AddressRule rule, Clients clients) {
        HttpSettings settings =
                settings(rule, tls.strangers(), options.getMaxInFlight()).inLargePieces();
        return clients.byRule.computeIfAbsent(rule, key -> new HttpTransport(settings, clients.names, threads.rooms));
    }

    private HttpSettings settings(AddressRule rule, @Nullable SSLContext context, int connections) {
        Duration connectTimeout = Duration.ofMillis(options.getConnectTimeout());
        return new HttpSettings(connections, connectTimeout, context, proxy(), rule, threads::http);
    }

    private @Nullable HttpProxy proxy() {
        String host = options.getProxyHost();
        Integer port = options.getProxyPort();
        return host == null || port == null
                ? null
                : new HttpProxy(host.strip(), port, options.getProxyAuthUsername(), options.getProxyAuthPassword());
    }

    void close() {
        for (Clients clients : new Clients[] {services, videos, images}) {
            clients.byRule.values().forEach(HttpTransport::close);
        }
    }

    /**
     * Trust and keys of TLS connections; null for the platform's.
     *
     * @param service may show the service a client certificate
     * @param strangers trusts the same authorities and has no certificate to show
     */
    record Tls(@Nullable SSLContext service, @Nullable SSLContext strangers) {

        static Tls of(@Nullable SSLContextParameters parameters, CamelContext context)
                throws GeneralSecurityException, IOException {
            return parameters == null
                    ? new Tls(null, null)
                    : new Tls(
                            parameters.createSSLContext(context),
                            withoutKeys(parameters).createSSLContext(context));
        }

        private static SSLContextParameters withoutKeys(SSLContextParameters all) {
            var rest = new SSLContextParameters();
            rest.setTrustManagers(all.getTrustManagers());
            rest.setProvider(all.getProvider());
            rest.setSecureSocketProtocol(all.getSecureSocketProtocol());
            rest.setSecureRandom(all.getSecureRandom());
            rest.setClientParameters(all.getClientParameters());
            rest.setCipherSuites(all.getCipherSuites());
            rest.setCipherSuitesFilter(all.getCipherSuitesFilter());
            rest.setSecureSocketProtocols(all.getSecureSocketProtocols());
            rest.setSecureSocketProtocolsFilter(all.getSecureSocketProtocolsFilter());
            rest.setSessionTimeout(all.getSessionTimeout());
            return rest;
        }
    }
}
