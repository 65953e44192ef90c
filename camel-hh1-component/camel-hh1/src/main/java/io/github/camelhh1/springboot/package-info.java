/** Auto-configuration for Camel on Spring Boot. Nothing else in the component uses Spring. */
@NullMarked
package io.github.camelhh1.springboot;

import org.jspecify.annotations.NullMarked;
