package io.github.camelhh1.simulator.program;

/**
 * The arguments of the program.
 *
 * @param port 0 for any free one
 * @param privateHosts whether images are fetched from private addresses
 */
record Arguments(int port, boolean privateHosts, boolean help) {
    private static final int LAST_PORT = 65_535;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException when it is wrong; the message says what is
     */
    static Arguments of(String... words) {
        int port = 0;
        boolean privateHosts = false;
        boolean help = false;
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (word.equals("--help") || word.equals("-h")) {
                help = true;
            } else if (word.equals("--allow-private-hosts")) {
                privateHosts = true;
            } else if (word.equals("--port")) {
                i++;
                port = port(i < words.length ? words[i] : "");
            } else if (word.startsWith("--port=")) {
                port = port(word.substring("--port=".length()));
            } else {
                throw new IllegalArgumentException("There is no argument " + word + ".");
            }
        }
        return new Arguments(port, privateHosts, help);
    }

    private static int port(String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= LAST_PORT) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("--port takes a number from 0 to " + LAST_PORT
                + (text.isEmpty() ? ", and none was given." : ", not " + text + "."));
    }
}
