package io.github.camelhh1.simulator;

/** Why the service does not take a request on: never billed. */
record Refusal(int status, int code, String message) {

    static Refusal input(String message) {
        return new Refusal(400, 7003, message);
    }

    static Refusal authentication() {
        return new Refusal(401, 10000, "Authentication error");
    }

    Reply reply() {
        return Reply.error(status, code, message);
    }
}
