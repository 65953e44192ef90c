package io.github.camelhh1.late;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.IntSupplier;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Shortens the network time-outs that the ledger sets, so that seconds of patience pass in tenths of them. What the
 * ledger does is the same.
 */
record ImpatientSource(DataSource source, IntSupplier divisor) implements DataSource {

    @Override
    public Connection getConnection() throws SQLException {
        return impatient(source.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return impatient(source.getConnection(username, password));
    }

    private Connection impatient(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                ImpatientSource.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, given) -> {
                    Object[] arguments = given;
                    if (method.getName().equals("setNetworkTimeout")) {
                        int asked = (Integer) given[1];
                        arguments = new Object[] {given[0], asked == 0 ? 0 : Math.max(1, asked / divisor.getAsInt())};
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }
}
