package io.github.camelhh1.wiring;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * Trust and keys of TLS connections; null for the platform's.
 *
 * @param service may show the service a client certificate
 * @param links trusts the same authorities, and has no certificate to show: hosts of links are strangers
 */
public record TlsContexts(
        @Nullable SSLContext service, @Nullable SSLContext links) {

    public static TlsContexts of(@Nullable SSLContextParameters parameters, CamelContext context)
            throws GeneralSecurityException, IOException {
        return parameters == null
                ? new TlsContexts(null, null)
                : new TlsContexts(
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
