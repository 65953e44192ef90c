/** One node of the fleet: photos that the queue names become videos in a bucket. Configured by the environment only. */
package io.github.camelhh1.examples.fleet.worker;
