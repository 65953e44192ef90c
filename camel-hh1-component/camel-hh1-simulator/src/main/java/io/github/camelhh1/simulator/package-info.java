/**
 * A stand-in for the video service, for tests and for a first try without an account: it speaks the run API and that of
 * Model Studio over real sockets, checks what it is sent, makes a video from the image, misbehaves as told, and meters
 * what a real account would have paid. Start with {@link io.github.camelhh1.simulator.Hh1Simulator}.
 *
 * <p>It depends on nothing of the component, which it judges: images are read by a library of its own. {@code wire} is
 * its HTTP server, {@code service} is what the run API asks and says, {@code task} is the same of Model Studio, {@code
 * pictures} takes images in, {@code film} makes the videos; all are internal, but for three types of {@code task} that
 * tests use. {@code program} is the program for tests in other languages.
 */
@NullMarked
package io.github.camelhh1.simulator;

import org.jspecify.annotations.NullMarked;
