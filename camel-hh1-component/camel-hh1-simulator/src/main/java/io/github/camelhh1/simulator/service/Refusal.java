package io.github.camelhh1.simulator.service;

/** Why the service does not take a request on: never billed. */
public record Refusal(int status, int code, String message) {

    public static Refusal input(String message) {
        return new Refusal(400, 7003, message);
    }

    public static Refusal authentication() {
        return new Refusal(401, 10000, "Authentication error");
    }
}
