package io.github.camelhh1.benchmarks.measured;

import java.io.Closeable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Three committed writes of a few hundred bytes, made by bare JDBC: the least that SQLite and the disk need. */
public final class BareInserts implements Closeable {
    private final Connection connection;

    BareInserts(Path file) {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma journal_mode=wal");
                statement.execute("pragma synchronous=full");
                statement.execute("create table bare (id integer primary key, text varchar(500))");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Milliseconds of each three. */
    List<Double> run(int runs) {
        var millis = new ArrayList<Double>();
        try (PreparedStatement insert = connection.prepareStatement("insert into bare (text) values (?)")) {
            insert.setString(1, "x".repeat(300));
            for (int i = 0; i < runs; i++) {
                long began = System.nanoTime();
                for (int write = 0; write < 3; write++) {
                    insert.executeUpdate();
                }
                millis.add((System.nanoTime() - began) / 1e6);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return millis;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
