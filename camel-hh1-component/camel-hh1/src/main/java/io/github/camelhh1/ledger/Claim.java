package io.github.camelhh1.ledger;

/**
 * The right to send one run.
 *
 * @param number never used twice by one owner: an older claim, even of a run that was deleted since, can change nothing
 *     any more
 */
public record Claim(String runId, String owner, long number) {}
