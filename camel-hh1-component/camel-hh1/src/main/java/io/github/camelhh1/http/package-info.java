/** The shared asynchronous HTTP client. Nothing outside this package sees the library it is made of. */
@NullMarked
package io.github.camelhh1.http;

import org.jspecify.annotations.NullMarked;
