package io.github.camelhh1.benchmarks;

/** The address and the account of calls. */
record Target(String baseUrl, String account, String key) {

    static Target of(Figures figures) {
        return new Target(figures.text("baseUrl"), figures.text("account"), figures.text("key"));
    }

    Figures figures() {
        return Figures.none().with("baseUrl", baseUrl).with("account", account).with("key", key);
    }

    String runUrl() {
        return baseUrl + "/accounts/" + account + "/ai/run";
    }
}
