package io.github.camelhh1.download;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.link.AddressGuard;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * The parts that downloads from the same hosts share.
 *
 * @param transport must ask the same {@code guard} before it connects
 * @param random between 0 and 1
 * @param turns one for each attempt; a waiting attempt must block no thread
 * @param blocking where files are written, read and synced
 */
public record DownloadRuntime(
        HttpTransport transport,
        AddressGuard guard,
        Timers timers,
        InstantSource clock,
        DoubleSupplier random,
        Permits turns,
        Executor blocking) {}
