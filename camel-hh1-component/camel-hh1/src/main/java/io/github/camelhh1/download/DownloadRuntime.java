package io.github.camelhh1.download;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.Timers;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * What all downloads share.
 *
 * @param random between 0 and 1
 * @param turns one for each attempt; must hold nobody back who waits
 * @param blocking where files are synced
 */
public record DownloadRuntime(
        Timers timers, InstantSource clock, DoubleSupplier random, Permits turns, Executor blocking) {}
