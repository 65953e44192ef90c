package io.github.camelhh1.providers;

import java.nio.file.Path;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;

/** An FTP server on loopback that shows one folder to one user. */
final class FtpHost implements AutoCloseable {
    private static final String PASSWORD = "secret";

    private final FtpServer server;
    private final Listener listener;

    private FtpHost(FtpServer server, Listener listener) {
        this.server = server;
        this.listener = listener;
    }

    static FtpHost of(Path folder) throws FtpException {
        var user = new BaseUser();
        user.setName("reader");
        user.setPassword(PASSWORD);
        user.setHomeDirectory(folder.toString());
        UserManager users = new PropertiesUserManagerFactory().createUserManager();
        users.save(user);

        var address = new ListenerFactory();
        address.setServerAddress("127.0.0.1");
        address.setPort(0);
        Listener listener = address.createListener();

        var factory = new FtpServerFactory();
        factory.setUserManager(users);
        factory.addListener("default", listener);
        FtpServer server = factory.createServer();
        server.start();
        return new FtpHost(server, listener);
    }

    /** A consumer of every file there, again and again, at short intervals. FTP's own default is to change line ends. */
    String uri(String options) {
        return "ftp://reader@127.0.0.1:" + listener.getPort() + "?password=" + PASSWORD
                + "&binary=true&passiveMode=true&noop=true&idempotent=false&initialDelay=0&delay=50" + options;
    }

    @Override
    public void close() {
        server.stop();
    }
}
