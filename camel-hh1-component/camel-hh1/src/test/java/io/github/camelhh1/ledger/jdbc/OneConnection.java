package io.github.camelhh1.ledger.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** A pool of one connection: what thousands of statements need. */
record OneConnection(HikariDataSource dataSource) {
    OneConnection(DataSource source) {
        this(pool(source));
    }

    private static HikariDataSource pool(DataSource source) {
        var config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }
}
