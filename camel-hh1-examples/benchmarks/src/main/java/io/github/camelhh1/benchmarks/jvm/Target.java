package io.github.camelhh1.benchmarks.jvm;

import io.github.camelhh1.benchmarks.report.Figures;

/** The address and the account of calls. */
public record Target(String baseUrl, String account, String key) {

    public static Target of(Figures figures) {
        return new Target(figures.text("baseUrl"), figures.text("account"), figures.text("key"));
    }

    public Figures figures() {
        return Figures.none().with("baseUrl", baseUrl).with("account", account).with("key", key);
    }

    String runUrl() {
        return baseUrl + "/accounts/" + account + "/ai/run";
    }
}
