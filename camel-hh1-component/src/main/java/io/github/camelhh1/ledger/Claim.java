package io.github.camelhh1.ledger;

/**
 * The right to send one run.
 *
 * @param number counts the claims of the run: an older claim can change nothing any more
 */
public record Claim(String runId, String owner, long number) {}
