package io.github.camelhh1.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Row 26d: faults of PostgreSQL in operation, while nodes work with a ledger in it. No photo is paid twice, and none is
 * lost. Uses the PostgreSQL of the system (Debian: {@code apt-get install postgresql}). {@code
 * -Dhh1.postgresql.faults=20} is the long form.
 */
@Tag("crash")
class ServerFaultsTest {
    private static final int FAULTS = Integer.getInteger("hh1.postgresql.faults", 1);
    private static final int PHOTOS = 120;
    private static final int USUAL_CONNECTIONS = 100;

    @BeforeAll
    static void needsTheSystemsPostgresql() {
        assumeTrue(
                SystemServer.binaries().isPresent(),
                "left out: no PostgreSQL with pg_basebackup under /usr/lib/postgresql, and -Dhh1.postgresql.bin names none");
    }

    private static void tell(String what, String figures) {
        System.out.println(what + ": " + figures);
    }

    /** The fault begins when a third of the photos are done and others are in flight; more come before it ends. */
    private static void strike(Nodes nodes, Step begin, Step end) throws Exception {
        int before = nodes.sent();
        nodes.send(PHOTOS);
        nodes.awaitEnded(before + PHOTOS / 3);
        await("calls in flight").until(() -> nodes.inFlight() > 0);
        begin.take();
        nodes.send(PHOTOS / 3);
        end.take();
        nodes.awaitEnded(nodes.sent());
    }

    private static String struck(Nodes nodes, Step begin, Step end) throws Exception {
        for (int turn = 0; turn < FAULTS; turn++) {
            strike(nodes, begin, end);
        }
        return nodes.reckoned();
    }

    private interface Step {
        void take() throws Exception;
    }

    @Test
    void aPrimaryIsKilledAndItsReplicaPromoted() throws Exception {
        var pair = new SystemServer[2];
        pair[0] = SystemServer.started(USUAL_CONNECTIONS);
        try {
            pair[1] = pair[0].replica();
            for (int turn = 1; turn <= FAULTS; turn++) {
                try (var nodes = new Nodes(SystemServer.url(pair), 2, 20)) {
                    strike(nodes, pair[0]::kill, pair[1]::promote);
                    tell("killed and promoted, turn " + turn, nodes.reckoned() + " " + nodes.comeBacks());
                }
                pair[0].close();
                pair[0] = pair[1];
                pair[1] = pair[0].replica();
            }
        } finally {
            for (SystemServer server : pair) {
                if (server != null) {
                    server.close();
                }
            }
        }
    }

    @Test
    void nothingIsSentWhileTheReplicaConfirmsNothing() throws Exception {
        try (var primary = SystemServer.started(USUAL_CONNECTIONS);
                var replica = primary.replica();
                var nodes = new Nodes(SystemServer.url(primary, replica), 2, 20)) {
            nodes.send(2);
            nodes.awaitEnded(2);
            replica.pause();
            nodes.send(20);
            await("photos that came back").atMost(Duration.ofMinutes(1)).until(() -> !nodes.comeBacks()
                    .isEmpty());
            assertThat(nodes.charges()).isEqualTo(2);
            replica.resume();
            tell("the replica is silent", nodes.reckoned() + " " + nodes.comeBacks());
        }
    }

    @Test
    void aServerIsStoppedAndStartedAgain() throws Exception {
        try (var server = SystemServer.started(USUAL_CONNECTIONS);
                var nodes = new Nodes(SystemServer.url(server), 2, 20)) {
            tell("stopped and started", struck(nodes, server::stop, server::start) + " " + nodes.comeBacks());
        }
    }

    /** Longer than a statement is waited for. */
    @Test
    void aServerPausesForFiveSeconds() throws Exception {
        try (var server = SystemServer.started(USUAL_CONNECTIONS);
                var nodes = new Nodes(SystemServer.url(server), 2, 20)) {
            String figures = struck(nodes, server::pause, () -> {
                await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
                server.resume();
            });
            tell("paused for 5 s", figures + " " + nodes.comeBacks());
        }
    }

    @Test
    void twentyNodesWithFourConnectionsEachFitIntoAHundred() throws Exception {
        try (var server = SystemServer.started(USUAL_CONNECTIONS);
                var nodes = new Nodes(SystemServer.url(server), 20, 5)) {
            nodes.send(400);
            tell("20 nodes, max_connections = 100", nodes.reckoned());
            assertThat(nodes.comeBacks()).isEmpty();
            assertThat(server.ask("select count(*) from pg_stat_activity where usename = 'hh1'"))
                    .isEqualTo(80);
        }
    }

    /** A server that was started again with a lower limit: the first nodes that come back take all connections. */
    @Test
    void nodesWithoutAConnectionSendNothingAndTheOthersWorkOn() throws Exception {
        try (var server = SystemServer.started(USUAL_CONNECTIONS);
                var nodes = new Nodes(SystemServer.url(server), 10, 5)) {
            String figures = struck(nodes, server::stop, () -> {
                server.set("max_connections = 20");
                server.start();
            });
            tell("10 nodes, max_connections = 20", figures + " " + nodes.comeBacks());
        }
    }

    @Test
    void aNodeThatGetsNoConnectionDoesNotStartAndNamesTheSetting() throws Exception {
        List<Connection> others = new ArrayList<>();
        try (var server = SystemServer.started(10)) {
            String url = SystemServer.url(server);
            assertThatThrownBy(() -> {
                        while (true) {
                            others.add(DriverManager.getConnection(url));
                        }
                    })
                    .hasMessageContaining("connection");

            assertThatThrownBy(() -> new Nodes(url, 1, 5))
                    .hasStackTraceContaining("raise the server's max_connections");
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
    }
}
