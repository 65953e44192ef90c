/** Looks at messages and their outcomes: log lines, figures. No other package depends on the results. */
@NullMarked
package io.github.camelhh1.observe;

import org.jspecify.annotations.NullMarked;
