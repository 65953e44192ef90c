/** What calls show the service: a key that is known, or one that is asked of somebody who may take long. JDK types only. */
@NullMarked
package io.github.camelhh1.credentials;

import org.jspecify.annotations.NullMarked;
