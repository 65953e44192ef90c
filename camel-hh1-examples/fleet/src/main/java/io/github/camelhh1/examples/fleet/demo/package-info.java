/** A cloud on one machine, three workers in it, and what it takes to kill one of them. */
package io.github.camelhh1.examples.fleet.demo;
