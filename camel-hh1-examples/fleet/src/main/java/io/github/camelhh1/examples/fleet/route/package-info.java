/** The steps for a photo that do not depend on its source: turns, failures with their reason, late results. */
package io.github.camelhh1.examples.fleet.route;
