package io.github.camelhh1.link;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The JDK's own channels, counted as they are opened: who has no channel sends no packet. A JVM uses it when told to by
 * {@code -Djava.nio.channels.spi.SelectorProvider}.
 */
public final class CountingSelectorProvider extends SelectorProvider {
    static final AtomicInteger OPENED = new AtomicInteger();

    private final SelectorProvider own;

    public CountingSelectorProvider() throws ReflectiveOperationException {
        own = (SelectorProvider) Class.forName("sun.nio.ch.DefaultSelectorProvider")
                .getMethod("get")
                .invoke(null);
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        OPENED.incrementAndGet();
        return own.openSocketChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        OPENED.incrementAndGet();
        return own.openDatagramChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        OPENED.incrementAndGet();
        return own.openDatagramChannel(family);
    }

    @Override
    public Pipe openPipe() throws IOException {
        return own.openPipe();
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        return own.openSelector();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        return own.openServerSocketChannel();
    }
}
