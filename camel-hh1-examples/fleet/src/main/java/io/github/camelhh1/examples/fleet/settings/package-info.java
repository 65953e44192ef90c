/** The settings of a worker, from its environment. */
package io.github.camelhh1.examples.fleet.settings;
