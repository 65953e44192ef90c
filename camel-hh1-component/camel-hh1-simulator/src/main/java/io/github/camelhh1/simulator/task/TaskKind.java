package io.github.camelhh1.simulator.task;

/** The kinds of requests to Model Studio. */
public enum TaskKind {
    CREATE,
    POLL,
    LIST,
    CANCEL
}
