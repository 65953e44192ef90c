/** The services of a fleet on one machine, three workers, and the faults that hit them. */
package io.github.camelhh1.examples.fleet.demo;
