/** What a worker is told by its environment. */
package io.github.camelhh1.examples.fleet.settings;
