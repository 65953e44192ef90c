/** The services that a fleet uses, each a program: it prints that it is ready, and where, and works until it is ended. */
package io.github.camelhh1.examples.fleet.services;
