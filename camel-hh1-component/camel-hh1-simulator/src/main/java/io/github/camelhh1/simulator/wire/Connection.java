package io.github.camelhh1.simulator.wire;

import io.github.camelhh1.simulator.wire.Answer.ConnectionEnd;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's connection: reads one request at a time, and sends its answer when the caller says so. */
final class Connection implements Wire, EventLoop.Ready {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private enum Phase {
        IDLE,
        HEAD,
        BODY,
        ANSWERING,
        HANGING,
        GONE
    }

    /** Shared by all connections of a server. */
    record Shared(EventLoop loop, Site site, ByteBuffer readBuffer, Consumer<Connection> gone) {}

    private final SocketChannel channel;
    private final Shared shared;
    private final SelectionKey key;
    private final HeadReader headReader = new HeadReader();
    private final Deque<Piece> outgoing = new ArrayDeque<>();
    private Phase phase = Phase.IDLE;
    private boolean keepAlive = true;
    private boolean paused;
    private @Nullable RequestBodyReader body;
    private Site.@Nullable Body taker;
    private @Nullable ConnectionEnd ending;
    private @Nullable Runnable whenLost;
    private ByteBuffer early = ByteBuffer.allocate(0);

    Connection(SocketChannel channel, Shared shared) throws IOException {
        this.channel = channel;
        this.shared = shared;
        this.key = shared.loop().register(channel, SelectionKey.OP_READ, this);
    }

    @Override
    public void ready() throws IOException {
        try {
            if (key.isWritable()) {
                flush();
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            lost();
        } catch (RuntimeException e) {
            LOG.warn("A request could not be served", e);
            tearDown();
        }
    }

    @Override
    public void send(Answer answer) {
        if (phase != Phase.ANSWERING) {
            return;
        }
        outgoing.addAll(answer.pieces());
        ending = answer.ending();
        flushOrLose();
    }

    @Override
    public void end(ConnectionEnd how) {
        if (phase == Phase.GONE) {
            return;
        }
        try {
            if (how == ConnectionEnd.HANG) {
                phase = Phase.HANGING;
                key.interestOps(0);
                return;
            }
            phase = Phase.GONE;
            if (how == ConnectionEnd.RESET) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        } catch (IOException e) {
            // Closing is all that was wanted.
        } finally {
            if (phase == Phase.GONE) {
                shared.gone().accept(this);
            }
        }
    }

    @Override
    public void onLost(Runnable task) {
        whenLost = task;
    }

    private void read() throws IOException {
        if (phase == Phase.IDLE) {
            shared.site().arriving(this);
            if (phase != Phase.IDLE) {
                return;
            }
        }
        ByteBuffer buffer = shared.readBuffer().clear();
        if (channel.read(buffer) < 0) {
            lost();
            return;
        }
        consume(buffer.flip());
    }

    private void consume(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            switch (phase) {
                case IDLE, HEAD -> head(buffer.get());
                case BODY -> bodyPart(buffer);
                case ANSWERING -> {
                    // The next request already: it waits its turn.
                    key.interestOps(key.interestOps() & ~SelectionKey.OP_READ);
                    early = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
                }
                default -> {
                    return;
                }
            }
        }
    }

    private void head(byte b) throws IOException {
        phase = Phase.HEAD;
        Head head = headReader.take(b);
        if (head == null) {
            return;
        }
        keepAlive = head.keepsAlive();
        phase = Phase.BODY;
        taker = shared.site().requested(head, this);
        body = new RequestBodyReader(head, taker);
        if (head.header("Expect").equalsIgnoreCase("100-continue") && phase == Phase.BODY) {
            outgoing.add(Piece.text("HTTP/1.1 100 Continue\r\n\r\n"));
            flush();
        }
        endBodyIfDone();
    }

    private void bodyPart(ByteBuffer buffer) throws IOException {
        if (body != null) {
            body.take(buffer);
            endBodyIfDone();
        }
    }

    private void endBodyIfDone() {
        if (phase == Phase.BODY && body != null && body.done() && taker != null) {
            Site.Body ended = taker;
            body = null;
            taker = null;
            phase = Phase.ANSWERING;
            ended.end();
        }
    }

    private void flushOrLose() {
        try {
            flush();
        } catch (IOException e) {
            lost();
        }
    }

    private void flush() throws IOException {
        while (!outgoing.isEmpty() && !paused && phase != Phase.GONE) {
            Piece.Progress progress = outgoing.element().writeTo(channel);
            if (progress.done()) {
                outgoing.remove();
            } else if (progress.pause().isZero()) {
                key.interestOps(key.interestOps() | SelectionKey.OP_WRITE);
                return;
            } else {
                pause(progress.pause());
            }
        }
        if (key.isValid()) {
            key.interestOps(key.interestOps() & ~SelectionKey.OP_WRITE);
        }
        if (outgoing.isEmpty() && ending != null && phase == Phase.ANSWERING) {
            answered(ending);
        }
    }

    private void pause(Duration time) {
        paused = true;
        shared.loop().schedule(time, () -> {
            paused = false;
            flushOrLose();
        });
    }

    private void answered(ConnectionEnd how) throws IOException {
        ending = null;
        if (how == ConnectionEnd.HANG) {
            return; // Still listening for the other side to give up.
        }
        if (how != ConnectionEnd.KEEP || !keepAlive) {
            end(how == ConnectionEnd.KEEP ? ConnectionEnd.CLOSE : how);
            return;
        }
        whenLost = null;
        phase = Phase.IDLE;
        key.interestOps(SelectionKey.OP_READ);
        ByteBuffer next = early;
        early = ByteBuffer.allocate(0);
        if (next.hasRemaining()) {
            shared.site().arriving(this);
            consume(next);
        }
    }

    /** Resets the connection, whatever is under way. */
    void tearDown() {
        lost(ConnectionEnd.RESET);
    }

    private void lost() {
        lost(ConnectionEnd.CLOSE);
    }

    private void lost(ConnectionEnd how) {
        Runnable task = whenLost;
        whenLost = null;
        end(how);
        if (task != null) {
            task.run();
        }
    }
}
