package io.github.camelhh1.ledger.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Connections that fail once, at a call that is named beforehand: before it is made, or after, so that its answer is lost. */
final class CutSource {
    private final DataSource source;
    private final List<String> givenBack = new ArrayList<>();
    private String call = "";
    private String sqlState = "";
    private boolean made;
    private String nextCall = "";
    private String nextState = "";
    private boolean strict;
    private String product = "";

    CutSource(DataSource source) {
        this.source = source;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, source);
    }

    /** The next {@code method} takes place, and nobody hears of it. */
    void loseAnswerOf(String method) {
        call = method;
        sqlState = "08006";
        made = true;
    }

    /** The next {@code method} does not take place. */
    void fail(String method, String state) {
        call = method;
        sqlState = state;
        made = false;
    }

    /** And after that, the next {@code method} does not take place. */
    void thenFail(String method, String state) {
        nextCall = method;
        nextState = state;
    }

    /** Without autocommit, and serializable, as some applications have theirs. */
    void handOutStrict() {
        strict = true;
    }

    void sayItIs(String name) {
        product = name;
    }

    /** Autocommit and isolation of each connection when it was closed. */
    List<String> givenBack() {
        return givenBack;
    }

    private <T> T proxy(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer(real, method, arguments)));
    }

    private Object answer(Object real, Method method, Object[] arguments) throws Throwable {
        boolean cut = method.getName().equals(call);
        boolean lost = cut && made;
        String state = sqlState;
        if (cut) {
            fail(nextCall, nextState);
            nextCall = "";
            if (!lost) {
                throw new SQLException("cut", state);
            }
        }
        if (method.getName().equals("close") && real instanceof Connection connection) {
            givenBack.add(connection.getAutoCommit() + " " + connection.getTransactionIsolation());
        } else if (method.getName().equals("getDatabaseProductName") && !product.isEmpty()) {
            return product;
        }
        Object result = invoke(real, method, arguments);
        if (lost) {
            throw new SQLException("cut", state);
        }
        return result;
    }

    private Connection handedOut(Connection connection) throws SQLException {
        if (strict) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
        }
        return connection;
    }

    private Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            Object result = method.invoke(real, arguments);
            if (result instanceof PreparedStatement statement) {
                return proxy(PreparedStatement.class, statement);
            } else if (result instanceof DatabaseMetaData data) {
                return proxy(DatabaseMetaData.class, data);
            }
            return result instanceof Connection connection ? proxy(Connection.class, handedOut(connection)) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
