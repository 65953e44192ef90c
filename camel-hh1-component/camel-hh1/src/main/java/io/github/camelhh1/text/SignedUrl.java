package io.github.camelhh1.text;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Links that carry their permission in the query. */
public final class SignedUrl {
    private static final Pattern AMPERSAND = Pattern.compile("&");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,12}");
    private static final DateTimeFormatter SIGNED = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
    /** No signature holds another time. A few seconds or years after 1970 are a span of time, not a time. */
    private static final Instant FIRST = Instant.parse("2001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    /** Of AWS (old form), CloudFront, Google (old form), Alibaba OSS, Huawei OBS and Tencent COS. */
    private static final Set<String> SIGNATURE =
            words("signature expires policy key-pair-id hash-algorithm awsaccesskeyid ossaccesskeyid googleaccessid"
                    + " accesskeyid x-obs-security-token x-cos-security-token q-sign-algorithm q-ak q-sign-time q-key-time"
                    + " q-header-list q-url-param-list q-signature"
                    + " security-token x-oss-signature x-oss-signature-version x-oss-credential x-oss-date"
                    + " x-oss-expires x-oss-security-token x-oss-additional-headers");

    private static final String SHORT_SIGNATURE = "sig";
    /** Of Azure and Cloudflare Images. They are so short that they count as theirs only beside a {@code sig}. */
    private static final Set<String> SHORT =
            words("sig se st sp sv sr ss srt sip si sdd spr ske skoid sks skt sktid skv exp");

    /** Without scheme, name and password, query and fragment. */
    private static final Pattern PLACE = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*://)?(?:[^/@?#]*@)?([^?#]*)");

    private SignedUrl() {}

    private static Set<String> words(String words) {
        return Set.of(words.split(" "));
    }

    /** Host and path of a link, fit for a log; never its signature. */
    public static String place(String link) {
        Matcher place = PLACE.matcher(link);
        return place.lookingAt() ? CleanText.of(place.group(1)) : "";
    }

    /**
     * When the link's own signature says that it stops working. Null unless the query carries an expiry in a form of S3
     * or Google ({@code X-Amz-Date} + {@code X-Amz-Expires}, likewise {@code X-Goog-}), of CloudFront or Alibaba OSS
     * ({@code Expires} in epoch seconds) or of Azure ({@code se}). A time that no signature holds, as in
     * {@code expires=3600}, counts as none.
     */
    public static @Nullable Instant expiresAt(URI link) {
        var parameters = parameters(link.getRawQuery());
        for (String prefix : List.of("x-amz-", "x-goog-", "x-oss-")) {
            Instant signed =
                    plausible(signedUntil(parameters.get(prefix + "date"), parameters.get(prefix + "expires")));
            if (signed != null) {
                return signed;
            }
        }
        Instant epoch = plausible(epochSeconds(parameters.get("expires")));
        return epoch != null ? epoch : plausible(azure(parameters.get("se")));
    }

    private static @Nullable Instant plausible(@Nullable Instant time) {
        return time == null || time.isBefore(FIRST) || time.isAfter(LAST) ? null : time;
    }

    private static Map<String, String> parameters(@Nullable String rawQuery) {
        var parameters = new HashMap<String, String>();
        for (String pair : AMPERSAND.split(rawQuery == null ? "" : rawQuery, -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(
                        decoded(pair.substring(0, equals)).toLowerCase(Locale.ROOT),
                        decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static @Nullable Instant signedUntil(@Nullable String date, @Nullable String seconds) {
        if (date == null || seconds == null || !DIGITS.matcher(seconds).matches()) {
            return null;
        }
        try {
            return LocalDateTime.parse(date, SIGNED).toInstant(ZoneOffset.UTC).plusSeconds(Long.parseLong(seconds));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Instant epochSeconds(@Nullable String seconds) {
        return seconds == null || !DIGITS.matcher(seconds).matches()
                ? null
                : Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    private static @Nullable Instant azure(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return text.length() == "2030-01-01".length()
                    ? Instant.parse(text + "T00:00:00Z")
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * The same link without the parameters that differ each time it is signed: two signed links of one file become equal.
     * Other parameters keep their order and spelling; the fragment goes, since no server sees it. Takes any text.
     */
    public static String withoutSignature(String url) {
        int hash = url.indexOf('#');
        String sent = hash < 0 ? url : url.substring(0, hash);
        int question = sent.indexOf('?');
        if (question < 0) {
            return sent;
        }
        List<String> parameters = List.of(AMPERSAND.split(sent.substring(question + 1), -1));
        boolean besideSig =
                parameters.stream().anyMatch(parameter -> name(parameter).equals(SHORT_SIGNATURE));
        List<String> kept = parameters.stream()
                .filter(parameter -> !parameter.isEmpty() && !isSignature(name(parameter), besideSig))
                .toList();
        String path = sent.substring(0, question);
        return kept.isEmpty() ? path : path + "?" + String.join("&", kept);
    }

    private static boolean isSignature(String name, boolean besideSig) {
        return name.startsWith("x-amz-")
                || name.startsWith("x-goog-")
                || SIGNATURE.contains(name)
                || (besideSig && SHORT.contains(name));
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
    }
}
