package io.github.camelhh1.postgresql;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server of the system's PostgreSQL, on loopback, with its data in a directory of its own: the one that tests bring has no
 * {@code pg_basebackup}. Root cannot run it, so that root runs it as the user {@code postgres}.
 */
final class SystemServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROLE = "hh1";

    private final Path directory;
    private final int port = freePort();

    private SystemServer() {
        this.directory =
                Path.of(run("mktemp", "-d", "-t", "hh1-postgresql-XXXXXX").strip());
    }

    /** The newest that is installed, unless {@code -Dhh1.postgresql.bin} names a directory; empty when there is none. */
    static Optional<Path> binaries() {
        String named = System.getProperty("hh1.postgresql.bin");
        try (Stream<Path> versions = named != null
                ? Stream.of(Path.of(named))
                : Files.list(Path.of("/usr/lib/postgresql")).map(version -> version.resolve("bin"))) {
            return versions.filter(bin -> Files.isExecutable(bin.resolve("pg_basebackup")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static SystemServer started(int maxConnections) {
        var server = new SystemServer();
        server.tool("initdb", "-D", server.data(), "-U", "postgres", "-A", "trust", "-N", "--no-locale", "-E", "UTF8");
        server.set("max_connections = " + maxConnections);
        server.start();
        server.say("create role " + ROLE + " login");
        server.say("grant all on schema public to " + ROLE);
        return server;
    }

    /** A server that follows this one. From now on this one confirms only what the other has on its disk, too. */
    SystemServer replica() {
        var replica = new SystemServer();
        replica.tool(
                "pg_basebackup", "-D", replica.data(), "-R", "-X", "stream", "-c", "fast", "-d", url("postgres", port));
        replica.start();
        say("alter system set synchronous_standby_names = '*'");
        say("select pg_reload_conf()");
        await("a replica that confirms")
                .atMost(PATIENCE)
                .until(() -> ask("select count(*) from pg_stat_replication where sync_state = 'sync'") == 1);
        return replica;
    }

    int port() {
        return port;
    }

    void start() {
        set("port = " + port, "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''");
        tool(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                data(),
                "-l",
                directory.resolve("log").toString());
    }

    /** As its service is stopped: it ends transactions and connections. */
    void stop() {
        tool("pg_ctl", "stop", "-w", "-m", "fast", "-D", data());
    }

    /** SIGKILL to all of its processes. */
    void kill() {
        signal("KILL");
        await("a dead server").atMost(PATIENCE).until(() -> processes().isEmpty());
    }

    void promote() {
        tool("pg_ctl", "promote", "-w", "-D", data());
        // It was copied from one that waited for it.
        say("alter system reset synchronous_standby_names");
        say("select pg_reload_conf()");
    }

    /** None of its processes does anything until {@link #resume}. */
    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes().forEach(process -> command.add(String.valueOf(process.pid())));
        if (command.size() > 2) {
            // One of its sessions may have ended meanwhile.
            execute(command, false);
        }
    }

    /** The parent first: it starts no others then. */
    private List<ProcessHandle> processes() {
        try {
            Path file = directory.resolve("data/postmaster.pid");
            if (!Files.exists(file)) {
                return List.of();
            }
            long parent = Long.parseLong(Files.readAllLines(file).get(0).strip());
            return ProcessHandle.of(parent).stream()
                    .filter(ProcessHandle::isAlive)
                    .flatMap(process -> Stream.concat(Stream.of(process), process.children()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For nodes: whichever of the servers takes writes. */
    static String url(SystemServer... servers) {
        var hosts = new ArrayList<String>();
        for (SystemServer server : servers) {
            hosts.add("127.0.0.1:" + server.port);
        }
        return "jdbc:postgresql://" + String.join(",", hosts) + "/postgres?user=" + ROLE
                + "&targetServerType=primary&hostRecheckSeconds=1&connectTimeout=2";
    }

    private static String url(String user, int port) {
        return "postgresql://" + user + "@127.0.0.1:" + port + "/postgres";
    }

    long ask(String query) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:" + url("postgres", port).replace("postgres@", "") + "?user=postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private void say(String text) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:" + url("postgres", port).replace("postgres@", "") + "?user=postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    /** From its next start on. */
    void set(String... settings) {
        try {
            Files.write(directory.resolve("data/postgresql.conf"), List.of(settings), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tool(String name, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(binaries().orElseThrow().resolve(name).toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static String run(String... command) {
        List<String> all = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            all.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        all.addAll(List.of(command));
        return execute(all, true);
    }

    private static String execute(List<String> command, boolean mustSucceed) {
        try {
            Path said = Files.createTempFile("hh1-postgresql", ".out");
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            int status = process.waitFor();
            String text = Files.readString(said, StandardCharsets.UTF_8);
            Files.delete(said);
            if (mustSucceed && status != 0) {
                throw new IllegalStateException(command + " ended with " + status + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        resume();
        kill();
        run("rm", "-rf", directory.toString());
    }
}
