/** What a worker does with a photo wherever it comes from: it waits for its turn, it fails with a reason, it comes late. */
package io.github.camelhh1.examples.fleet.route;
