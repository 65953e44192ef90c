package io.github.camelhh1.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
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
        signed("good", "127.0.0.1", "-validity", "30");
        signed("elsewhere", "127.0.0.2", "-validity", "30");
        signed("expired", "127.0.0.1", "-startdate", "-20d", "-validity", "10");
    }

    private void signed(String alias, String address, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("-dname", "CN=" + alias, "-signer", "authority", "-ext", "san=ip:" + address));
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
        KeyStore all = all();
        KeyStore one = empty();
        char[] password = PASSWORD.toCharArray();
        one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
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
}
