/**
 * Measures the cost of the component, beside hand-written routes of camel-http and camel-vertx-http.
 *
 * <p>{@link io.github.camelhh1.benchmarks.Benchmarks} starts JVMs and gathers figures; it sends nothing itself. Each
 * route that is measured runs in a JVM of its own ({@link io.github.camelhh1.benchmarks.jvm.ClientMain}), and so does the
 * service ({@link io.github.camelhh1.benchmarks.jvm.ServiceMain}), so that threads and heap are the route's alone. JVMs
 * talk in lines of {@code name=value} pairs, see {@link io.github.camelhh1.benchmarks.report.Figures}.
 *
 * <p>Package {@code measured} holds the benchmarks, {@code jvm} the JVMs that they start, and {@code report} figures and
 * their text.
 */
package io.github.camelhh1.benchmarks;
