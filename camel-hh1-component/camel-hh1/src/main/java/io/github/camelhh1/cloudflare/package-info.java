/** The innermost room: one POST to Cloudflare's run API, one outcome. */
@NullMarked
package io.github.camelhh1.cloudflare;

import org.jspecify.annotations.NullMarked;
