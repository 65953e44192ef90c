/** The shared asynchronous HTTP client. No other package uses the client library. */
@NullMarked
package io.github.camelhh1.http;

import org.jspecify.annotations.NullMarked;
