package io.github.camelhh1.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links that carry their permission in the query. */
public final class SignedUrl {
    private static final Pattern AMPERSAND = Pattern.compile("&");

    /** Of AWS (old form), CloudFront, Google (old form) and Alibaba OSS, in lower case. */
    private static final Set<String> SIGNATURE = Set.of(
            "signature",
            "expires",
            "policy",
            "key-pair-id",
            "hash-algorithm",
            "awsaccesskeyid",
            "ossaccesskeyid",
            "googleaccessid",
            "security-token",
            "x-oss-signature",
            "x-oss-signature-version",
            "x-oss-credential",
            "x-oss-date",
            "x-oss-expires",
            "x-oss-security-token",
            "x-oss-additional-headers");

    private static final String AZURE_SIGNATURE = "sig";

    /** Of Azure. So short that they are only taken for its own beside a {@code sig}. */
    private static final Set<String> AZURE = Set.of(
            "se", "st", "sp", "sv", "sr", "ss", "srt", "sip", "si", "sdd", "spr", "ske", "skoid", "sks", "skt", "sktid",
            "skv");

    /** Without scheme, name and password, query and fragment. */
    private static final Pattern PLACE = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*://)?(?:[^/@?#]*@)?([^?#]*)");

    private SignedUrl() {}

    /** Host and path of a link, fit for a log; never its signature. */
    public static String place(String link) {
        Matcher place = PLACE.matcher(link);
        return place.lookingAt() ? CleanText.of(place.group(1)) : "";
    }

    /**
     * The same link without what is different each time it is signed: two signed links of one thing become equal. Other
     * parameters keep their order and spelling; the fragment goes, since no server sees it. Any text can be given to it.
     */
    public static String withoutSignature(String url) {
        int hash = url.indexOf('#');
        String sent = hash < 0 ? url : url.substring(0, hash);
        int question = sent.indexOf('?');
        if (question < 0) {
            return sent;
        }
        List<String> parameters =
                AMPERSAND.splitAsStream(sent.substring(question + 1)).toList();
        boolean azure =
                parameters.stream().anyMatch(parameter -> name(parameter).equals(AZURE_SIGNATURE));
        List<String> kept = parameters.stream()
                .filter(parameter -> !parameter.isEmpty() && !isSignature(name(parameter), azure))
                .toList();
        String path = sent.substring(0, question);
        return kept.isEmpty() ? path : path + "?" + String.join("&", kept);
    }

    private static boolean isSignature(String name, boolean azure) {
        return name.startsWith("x-amz-")
                || name.startsWith("x-goog-")
                || SIGNATURE.contains(name)
                || (azure && (name.equals(AZURE_SIGNATURE) || AZURE.contains(name)));
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
    }
}
