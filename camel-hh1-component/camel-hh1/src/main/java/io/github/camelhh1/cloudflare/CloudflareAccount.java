package io.github.camelhh1.cloudflare;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where calls go and whose they are.
 *
 * @param runUri {@code {baseUrl}/accounts/{accountId}/ai/run}
 * @param gatewayId {@code cf-aig-gateway-id}; null for the account's default
 * @param skipCache whether what is paid for must be new
 */
public record CloudflareAccount(URI runUri, @Nullable String gatewayId, boolean skipCache, String model) {

    Map<String, String> headers(String key) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Authorization", "Bearer " + key);
        headers.put("Accept", "application/json");
        // Newer clients ask for compressed answers by themselves; what is at most a link needs none.
        headers.put("Accept-Encoding", "identity");
        // The gateway itself may repeat a call up to five times, and each would be billed.
        headers.put("cf-aig-max-attempts", "1");
        headers.put("cf-aig-skip-cache", Boolean.toString(skipCache));
        if (gatewayId != null) {
            headers.put("cf-aig-gateway-id", gatewayId);
        }
        return headers;
    }
}
