package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.generation.RequestRules;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A region of Alibaba Model Studio, with its host and its models. Source: the reference of the HappyHorse image-to-video
 * API, seen 2026-11.
 */
enum Region {
    singapore("https://dashscope-intl.aliyuncs.com", true),
    beijing("https://dashscope.aliyuncs.com", true),
    virginia("https://dashscope-us.aliyuncs.com", false),
    frankfurt("https://{workspace}.eu-central-1.maas.aliyuncs.com", false);

    private static final Map<String, String> BY_CLOUDFLARES_ID =
            Map.of("alibaba/hh1-i2v", "happyhorse-1.0-i2v", "alibaba/hh1.1-i2v", "happyhorse-1.1-i2v");
    /** Listed in some regions only. */
    private static final String NEWER = "happyhorse-1.1-i2v";

    private final String host;
    private final boolean hasNewer;

    Region(String host, boolean hasNewer) {
        this.host = host;
        this.hasNewer = hasNewer;
    }

    static Region of(Hh1Configuration options) {
        return valueOf(options.getRegion());
    }

    /** The account in the ledger; empty when it is not known. */
    String account(String workspace) {
        return workspace.isEmpty() && this == frankfurt
                ? ""
                : "modelstudio/" + name() + "/" + (workspace.isEmpty() ? "default" : workspace);
    }

    /** The service's own id; an id that is none of Cloudflare's stays as it is. */
    static String model(String id) {
        return BY_CLOUDFLARES_ID.getOrDefault(id, id);
    }

    /** Whether baseUrl was left to its default, which is another service's. */
    private static boolean isHostOfRegion(Hh1Configuration options) {
        return options.getBaseUrl().equals(new Hh1Configuration().getBaseUrl());
    }

    /** Without the path of the API, which people copy with it. */
    static String baseUrl(Hh1Configuration options) {
        return isHostOfRegion(options)
                ? of(options)
                        .host
                        .replace(
                                "{workspace}",
                                Objects.requireNonNullElse(options.getAccountId(), "")
                                        .strip())
                : options.getBaseUrl().replaceAll("/+$", "").replaceAll("/api/v1$", "");
    }

    /** The rules that the model's id breaks, in a known region. */
    static List<String> violations(Hh1Configuration options) {
        String model = model(options.getModel());
        if (model.startsWith("alibaba/")) {
            return List.of("model " + RequestRules.shape(model)
                    + " is one of Cloudflare's, of which backend=modelstudio knows "
                    + new TreeSet<>(BY_CLOUDFLARES_ID.keySet())
                    + " only; give one of them, or an id of Model Studio such as happyhorse-1.0-i2v");
        } else if (model.equals(NEWER) && isHostOfRegion(options) && !of(options).hasNewer) {
            return List.of(
                    "model " + model + " is not offered in region=" + options.getRegion()
                            + "; set region=singapore or region=beijing, with a key of that region, or model=happyhorse-1.0-i2v");
        }
        return List.of();
    }
}
