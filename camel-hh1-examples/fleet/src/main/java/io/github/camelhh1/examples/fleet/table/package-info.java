/** Photos, videos and failures in the database of the ledger: no queue, no bucket. */
package io.github.camelhh1.examples.fleet.table;
