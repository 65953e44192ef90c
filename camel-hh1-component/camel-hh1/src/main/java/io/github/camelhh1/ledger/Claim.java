package io.github.camelhh1.ledger;

/**
 * The right to send one run.
 *
 * @param number never used twice by one owner: an older claim, even of a run that was deleted since, can change nothing
 *     any more
 */
public record Claim(String runId, String owner, long number) {

    /** The session of a claim's owner: the owner's name without its number. */
    public static String sessionOf(String owner) {
        int number = owner.indexOf('.');
        return number < 0 ? owner : owner.substring(0, number);
    }

    /**
     * One attempt of a claim, for which the ledger has acknowledged {@code SENT}. Every later change names it, so that a
     * statement that takes effect late cannot change a newer attempt.
     *
     * @param number counts the attempts of a run from 1; never used twice for one run
     */
    public record Attempt(Claim claim, int number) {}
}
