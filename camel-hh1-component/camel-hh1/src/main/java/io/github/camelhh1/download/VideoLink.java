package io.github.camelhh1.download;

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
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the link of a video says about itself. */
public final class VideoLink {
    private static final Pattern AMPERSAND = Pattern.compile("&");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,12}");
    private static final DateTimeFormatter SIGNED = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    /** Signatures say no other times. A few seconds or years after 1970 are a span of time, not a time. */
    private static final Instant FIRST = Instant.parse("2001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private VideoLink() {}

    /**
     * When the link's own signature says that it stops working; null when it does not say. Reads the forms of S3 and
     * Google ({@code X-Amz-Date} + {@code X-Amz-Expires}, likewise {@code X-Goog-}), of CloudFront and Alibaba OSS
     * ({@code Expires} in epoch seconds) and of Azure ({@code se}). Any text can be given to it. A time that no signature
     * says, as of {@code expires=3600}, counts as none.
     */
    public static @Nullable Instant expiresAt(URI link) {
        var parameters = parameters(link.getRawQuery());
        for (String prefix : new String[] {"x-amz-", "x-goog-", "x-oss-"}) {
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
        for (String pair :
                AMPERSAND.splitAsStream(rawQuery == null ? "" : rawQuery).toList()) {
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
}
