package io.github.camelhh1.simulator.task;

/** A refusal of Model Studio. The code is a text. */
public record Refused(int status, String code, String message) {

    static Refused parameter(String message) {
        return new Refused(400, "InvalidParameter", message);
    }

    static Refused rate() {
        return new Refused(429, "Throttling.RateQuota", "Requests rate limit exceeded, please try again later.");
    }

    static Refused tasksAtOnce() {
        return new Refused(
                429, "Throttling.AllocationQuota", "Allocated quota exceeded, please increase your quota limit.");
    }

    public static Refused authentication() {
        return new Refused(401, "InvalidApiKey", "Invalid API-key provided.");
    }

    public static Refused synchronous() {
        return new Refused(403, "AccessDenied", "current user api does not support synchronous calls.");
    }

    public static Refused notPending() {
        return new Refused(
                400,
                "UnsupportedOperation",
                "Failed to cancel the task, please confirm if the task is in PENDING status.");
    }
}
