package io.github.camelhh1.examples.fleet.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.examples.fleet.worker.Worker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The database alone, and a web site that has the photos. */
final class DatabaseAlone extends Cloud {
    private final HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private HikariDataSource pool;

    DatabaseAlone(Path folder, long delayMillis) throws IOException {
        super(folder, delayMillis);
        site.createContext("/", DatabaseAlone::answer);
        site.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] photo = Photos.content(exchange.getRequestURI().getPath().substring(1));
        exchange.sendResponseHeaders(200, photo.length);
        exchange.getResponseBody().write(photo);
        exchange.close();
    }

    @Override
    void await() throws Exception {
        super.await();
        set("FLEET_SOURCE", WorkerSettings.DATABASE);
        pool = worker().ledger().pool("demo", 1);
        try (Worker first = Worker.forCommands(worker())) {
            first.prepare();
        }
    }

    @Override
    List<String> feed(int count) {
        JdbcTemplate database = new JdbcTemplate(pool);
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String name = Photos.name(i);
            String link = "http://127.0.0.1:" + site.getAddress().getPort() + "/" + name;
            database.update("insert into fleet_photos (id, image) values (?, ?)", name, link);
            names.add(name);
        }
        return names;
    }

    @Override
    Progress progress() {
        return new TableProgress(new JdbcTemplate(pool));
    }

    @Override
    public void close() {
        site.stop(0);
        if (pool != null) {
            pool.close();
        }
        super.close();
    }
}
