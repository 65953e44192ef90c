package io.github.camelhh1.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** A certificate authority of our own, and certificates good and bad, made by the JDK's keytool. */
public final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    public Certificates(Path directory) throws Exception {
        this.directory = directory;
        keytool("authority", "-dname", "CN=Authority", "-ext", "bc:c", "-validity", "30");
        signed("good", "ip:127.0.0.1,dns:service.test,dns:links.test", "-validity", "30");
        signed("elsewhere", "ip:127.0.0.2", "-validity", "30");
        signed("expired", "ip:127.0.0.1", "-startdate", "-20d", "-validity", "10");
    }

    private void signed(String alias, String names, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("-dname", "CN=" + alias, "-signer", "authority", "-ext", "san=" + names));
        keytool(alias, options.toArray(String[]::new));
    }

    private void keytool(String alias, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store().toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private Path store() {
        return directory.resolve("keys.p12");
    }

    /** Server sockets that show this certificate. */
    public SSLServerSocketFactory server(String alias) throws GeneralSecurityException, IOException {
        return server(alias, null);
    }

    /** The same, and they ask clients for theirs, note in {@code shown} whose it is, and accept it or none. */
    public ServerSocketFactory asking(String alias, Collection<String> shown)
            throws GeneralSecurityException, IOException {
        ServerSocketFactory sockets = server(alias, new TrustManager[] {new Noting(shown)});
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port) throws IOException {
                return asking(sockets.createServerSocket(port));
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) throws IOException {
                return asking(sockets.createServerSocket(port, backlog));
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                return asking(sockets.createServerSocket(port, backlog, address));
            }

            private static ServerSocket asking(ServerSocket socket) {
                ((SSLServerSocket) socket).setWantClientAuth(true);
                return socket;
            }
        };
    }

    private SSLServerSocketFactory server(String alias, TrustManager[] clients)
            throws GeneralSecurityException, IOException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(only(alias), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), clients, null);
        return context.getServerSocketFactory();
    }

    private KeyStore only(String alias) throws GeneralSecurityException, IOException {
        KeyStore all = all();
        KeyStore one = empty();
        char[] password = PASSWORD.toCharArray();
        one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
        return one;
    }

    /** Trust in the authority, and a certificate to show to who asks, the way a Camel user says it. */
    public SSLContextParameters trustAndKey(String alias) throws GeneralSecurityException, IOException {
        var store = new KeyStoreParameters();
        store.setKeyStore(only(alias));
        var keys = new KeyManagersParameters();
        keys.setKeyStore(store);
        keys.setKeyPassword(PASSWORD);
        SSLContextParameters parameters = trust();
        parameters.setKeyManagers(keys);
        return parameters;
    }

    /** Trust in the authority, the way a Camel user says it. */
    public SSLContextParameters trust() throws GeneralSecurityException, IOException {
        KeyStore authority = empty();
        authority.setCertificateEntry("authority", all().getCertificate("authority"));
        var store = new KeyStoreParameters();
        store.setKeyStore(authority);
        var trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        var parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    private KeyStore all() throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            all.load(in, PASSWORD.toCharArray());
        }
        return all;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        return empty;
    }

    /** Accepts every client. */
    private record Noting(Collection<String> shown) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            shown.add(chain[0].getSubjectX500Principal().getName());
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("servers only");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
