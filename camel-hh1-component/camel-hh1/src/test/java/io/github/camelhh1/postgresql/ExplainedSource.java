package io.github.camelhh1.postgresql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections whose server tells how it has run each statement: the module auto_explain sends its plans as notices. */
final class ExplainedSource {
    private static final Pattern PLAN =
            Pattern.compile("duration: ([0-9.]+) ms\\s+plan:\\s+Query Text: (.+?)\\n(.*)", Pattern.DOTALL);
    private static final Pattern BUFFERS = Pattern.compile("Buffers:(?: shared)?(?: hit=(\\d+))?(?: read=(\\d+))?");

    /** One statement as the server has run it. */
    record Plan(String statement, double millis, String text) {
        /** Pages of 8 KB that the statement has touched. */
        long pages() {
            Matcher found = BUFFERS.matcher(text);
            return found.find() ? pages(found.group(1)) + pages(found.group(2)) : 0;
        }

        private static long pages(String number) {
            return number == null ? 0 : Long.parseLong(number);
        }

        boolean scansRuns() {
            return text.contains("Seq Scan on hh1_run") || text.contains("Seq Scan on hh1_late");
        }
    }

    private final Queue<Plan> plans = new ConcurrentLinkedQueue<>();
    private final PGSimpleDataSource server = new PGSimpleDataSource();

    /** @param planning how the server plans: {@code force_generic_plan}, as for a statement that it keeps, or {@code force_custom_plan} */
    ExplainedSource(String url, String planning) {
        server.setUrl(url);
        server.setOptions("-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0"
                + " -c auto_explain.log_level=notice -c auto_explain.log_analyze=on -c auto_explain.log_buffers=on"
                + " -c client_min_messages=notice -c plan_cache_mode=" + planning);
    }

    Collection<Plan> plans() {
        return plans;
    }

    DataSource source() {
        return (DataSource) listening(DataSource.class, server);
    }

    private Object listening(Class<?> type, Object target) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            Object result;
            try {
                result = method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (target instanceof Statement statement && method.getName().startsWith("execute")) {
                keep(statement.getWarnings());
                statement.clearWarnings();
            } else if (target instanceof Connection connection
                    && method.getName().equals("commit")) {
                keep(connection.getWarnings());
                connection.clearWarnings();
            }
            return result instanceof Connection || result instanceof Statement
                    ? listening(method.getReturnType(), result)
                    : result;
        });
    }

    private void keep(SQLWarning first) throws SQLException {
        for (SQLWarning notice = first; notice != null; notice = notice.getNextWarning()) {
            Matcher plan = PLAN.matcher(String.valueOf(notice.getMessage()));
            if (plan.find()) {
                plans.add(new Plan(plan.group(2).strip(), Double.parseDouble(plan.group(1)), plan.group(3)));
            }
        }
    }
}
