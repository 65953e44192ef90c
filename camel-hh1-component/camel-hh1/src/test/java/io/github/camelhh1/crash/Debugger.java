package io.github.camelhh1.crash;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Stops another JVM inside of the component's own code, without a trace of that in the component. */
final class Debugger implements AutoCloseable {
    private final ListeningConnector connector;
    private final Map<String, Connector.Argument> arguments;
    private final String address;
    private VirtualMachine machine;

    private Debugger() throws IOException, IllegalConnectorArgumentsException {
        this.connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(one -> one.name().equals("com.sun.jdi.SocketListen"))
                .findFirst()
                .orElseThrow();
        this.arguments = connector.defaultArguments();
        arguments.get("localAddress").setValue("127.0.0.1");
        arguments.get("timeout").setValue(String.valueOf(ChildJvm.PATIENCE.toMillis()));
        this.address = connector.startListening(arguments);
    }

    static Debugger listen() throws Exception {
        return new Debugger();
    }

    /** For the JVM to be stopped: it does not run until {@link #runTo} lets it. */
    String option() {
        return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address;
    }

    /**
     * Runs it until {@code method} begins on an object whose {@code field} is this text. That thread stays there; the
     * others go on.
     */
    void runTo(String type, String method, String field, String text) throws Exception {
        machine = connector.accept(arguments);
        var loaded = machine.eventRequestManager().createClassPrepareRequest();
        loaded.addClassFilter(type);
        loaded.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        loaded.enable();
        machine.resume();
        while (true) {
            EventSet events = machine.eventQueue().remove(ChildJvm.PATIENCE.toMillis());
            if (events == null) {
                throw new AssertionError("never came to " + type + "." + method + " of " + text);
            }
            for (Event event : events) {
                if (event instanceof ClassPrepareEvent prepared) {
                    stopAt(prepared.referenceType(), method);
                } else if (event instanceof BreakpointEvent there && isOf(there, field, text)) {
                    return;
                }
            }
            events.resume();
        }
    }

    private void stopAt(ReferenceType type, String method) throws AbsentInformationException {
        List<com.sun.jdi.Method> found = type.methodsByName(method);
        if (found.isEmpty()) {
            throw new AssertionError(type + " has no method " + method + " any more: name the step anew");
        }
        for (com.sun.jdi.Method one : found) {
            var breakpoint = machine.eventRequestManager().createBreakpointRequest(one.location());
            breakpoint.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
            breakpoint.enable();
        }
    }

    private static boolean isOf(BreakpointEvent event, String field, String text)
            throws IncompatibleThreadStateException {
        ObjectReference object = event.thread().frame(0).thisObject();
        var value = object.getValue(object.referenceType().fieldByName(field));
        return value instanceof StringReference string && string.value().equals(text);
    }

    @Override
    public void close() throws IOException, IllegalConnectorArgumentsException {
        connector.stopListening(arguments);
        if (machine != null) {
            try {
                machine.dispose();
            } catch (VMDisconnectedException e) {
                // Killed, as it should be.
            }
        }
    }
}
