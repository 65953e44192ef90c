package io.github.camelhh1.examples.filedrop;

import java.util.List;

/** The example cannot work as it is set up. Thrown before any photo is touched. Lists all problems at once. */
public final class StartupException extends Exception {
    private static final long serialVersionUID = 1;

    public StartupException(List<String> problems) {
        super(String.join("; ", problems));
    }

    public StartupException(String problem) {
        this(List.of(problem));
    }
}
