/**
 * A stand-in for the video service, for tests and for a first try without an account: it speaks the run API over real
 * sockets, checks what it is sent, makes a video from the image, misbehaves as told, and meters what a real account
 * would have paid. Start with {@link io.github.camelhh1.simulator.Hh1Simulator}.
 *
 * <p>{@code wire} is its HTTP server, {@code film} makes its videos; both are internal.
 */
@NullMarked
package io.github.camelhh1.simulator;

import org.jspecify.annotations.NullMarked;
