package io.github.camelhh1.cloudflare;

import io.github.camelhh1.generation.GenerationRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The account that pays, and the address of its run API.
 *
 * @param runUri {@code {baseUrl}/accounts/{accountId}/ai/run}
 * @param gatewayId {@code cf-aig-gateway-id}; null for the account's default
 * @param skipCache whether the gateway must not answer from its cache
 */
public record CloudflareAccount(URI runUri, @Nullable String gatewayId, boolean skipCache, String model) {

    /** {@code baseUrl} may end with slashes. */
    public static URI runUri(String baseUrl, String accountId) {
        return URI.create(baseUrl.replaceAll("/+$", "") + "/accounts/" + accountId + "/ai/run");
    }

    /** The JSON of a request: {@code {"model":…,"input":{…}}}. */
    public static Map<String, Object> request(String model, GenerationRequest request) {
        var json = new LinkedHashMap<String, Object>();
        json.put("model", model);
        json.put("input", request.fields());
        return json;
    }

    /** The gateway that calls go through; the service has one of this name where none is chosen. */
    public String gatewayName() {
        return gatewayId == null ? "default" : gatewayId;
    }

    /** Of its settings; its logs are below. */
    public String gatewayUri() {
        return runUri.toString().replaceFirst("/ai/run$", "/ai-gateway/gateways/")
                + URLEncoder.encode(gatewayName(), StandardCharsets.UTF_8);
    }

    /** @param lookupId by which the call can be found in the gateway's logs; null for none */
    Map<String, String> headers(String key, @Nullable String lookupId) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Authorization", "Bearer " + key);
        headers.put("Accept", "application/json");
        // The gateway itself may repeat a call up to five times, and each would be billed.
        headers.put("cf-aig-max-attempts", "1");
        headers.put("cf-aig-skip-cache", Boolean.toString(skipCache));
        if (gatewayId != null) {
            headers.put("cf-aig-gateway-id", gatewayId);
        }
        if (lookupId != null) {
            headers.put("cf-aig-metadata", LogRow.metadata(lookupId));
        }
        return headers;
    }
}
