package io.github.camelhh1.simulator.task;

/** What is asked of Model Studio. */
public enum TaskKind {
    CREATE,
    POLL,
    LIST,
    CANCEL
}
