package io.github.camelhh1.examples.fleet.demo;

import io.github.camelhh1.examples.fleet.worker.FleetWorker;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A worker in a process of its own, and the facts in its log. Safe for use by many threads. */
final class WorkerNode implements Closeable {
    private static final Pattern RUN = Pattern.compile("Run (\\S+): (sent to|completed|no video)");

    private final Set<String> inFlight = new HashSet<>();
    private final List<Relay> network;
    private final Node node;
    private boolean working;
    private int sent;
    private String end = "";

    private WorkerNode(Path folder, String name, Map<String, String> settings, List<Relay> network) throws IOException {
        this.network = network;
        node = Node.start(folder, name, settings, this::line, FleetWorker.class.getName());
    }

    static WorkerNode start(Path folder, String name, Map<String, String> settings, List<Relay> network)
            throws IOException {
        return new WorkerNode(folder, name, settings, network);
    }

    /** While it is cut off, the worker reaches the service that makes videos, and neither database nor queue. */
    void cutOff(boolean isCut) {
        network.forEach(relay -> relay.cut(isCut));
    }

    /** How many requests it has sent. */
    synchronized int sent() {
        return sent;
    }

    String name() {
        return node.name();
    }

    boolean isAlive() {
        return node.isAlive();
    }

    synchronized boolean isWorking() {
        return working;
    }

    synchronized int inFlight() {
        return inFlight.size();
    }

    /** SIGKILL: no call is finished, and no line is written. */
    void kill() {
        ended("killed");
        node.kill();
    }

    /** SIGTERM: calls in flight are finished first. */
    void terminate() {
        ended("stopping");
        node.terminate();
    }

    /** Its memory and threads, as Linux tells them; empty on other systems. */
    String vitals() throws IOException {
        return node.vitals();
    }

    Duration processor() {
        return node.processor();
    }

    int awaitEnd() throws InterruptedException {
        return node.awaitEnd(Duration.ofMinutes(2));
    }

    /** For the table. */
    synchronized String state() {
        if (end.isEmpty()) {
            return working ? String.valueOf(inFlight.size()) : "starts";
        } else if (node.isAlive()) {
            return end;
        }
        return end.equals("killed") ? end : "stopped";
    }

    private synchronized void ended(String how) {
        end = how;
    }

    private synchronized void line(String line) {
        working |= line.contains("The worker takes photos");
        Matcher run = RUN.matcher(line);
        if (run.find()) {
            if (run.group(2).startsWith("sent")) {
                sent++;
                inFlight.add(run.group(1));
            } else {
                inFlight.remove(run.group(1));
            }
        }
    }

    @Override
    public void close() {
        node.close();
        network.forEach(Relay::close);
    }
}
