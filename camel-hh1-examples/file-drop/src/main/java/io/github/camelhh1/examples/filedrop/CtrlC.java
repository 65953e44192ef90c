package io.github.camelhh1.examples.filedrop;

import io.github.camelhh1.examples.filedrop.progress.Console;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl+C once lets the program end by itself, after the last video; twice ends it like {@code kill -9}. A shutdown hook
 * gets no second signal.
 */
final class CtrlC {
    private static final Logger LOG = LoggerFactory.getLogger(CtrlC.class);
    /** As shells report a program that was ended by SIGINT. */
    private static final int STATUS = 128 + 2;

    private CtrlC() {}

    static void stops(Main main, Console console) {
        AtomicBoolean pressed = new AtomicBoolean();
        onInterrupt(() -> {
            if (pressed.getAndSet(true)) {
                Runtime.getRuntime().halt(STATUS);
            }
            main.completed();
            console.line("Ctrl+C again ends the program at once");
        });
    }

    /** By reflection: compilers warn of every use of this class, and no other class receives signals. */
    private static void onInterrupt(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object interrupted = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), interrupted);
        } catch (ReflectiveOperationException e) {
            LOG.debug("Ctrl+C stops the program as the JVM does: a second one changes nothing", e);
        }
    }
}
