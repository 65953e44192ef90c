package io.github.camelhh1.image;

import io.github.camelhh1.text.Sha256;
import io.github.camelhh1.text.SignedUrl;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The image of a request: a link, content, or an object in an S3 bucket. */
public sealed interface RequestImage permits ImageContent, RequestImage.Link, RequestImage.Stored {

    /** The image's part of the request's fingerprint: equal for the same image under another link or file name. */
    String identity();

    /** The field {@code image} as {@code hh1:estimate} shows it. */
    String title();

    /**
     * An image that the provider fetches, or a {@code data:} URI.
     *
     * @param staged the reference by which a staged image is removed; null for an image that was not staged
     */
    record Link(String url, @Nullable String staged) implements RequestImage {
        public static Link of(String url) {
            return new Link(url, null);
        }

        private boolean isData() {
            return url.regionMatches(true, 0, "data:", 0, 5) && url.indexOf(',') > 0;
        }

        /** Of a {@code data:} URI the hash of its bytes, as of content; of another link the link without its signature. */
        @Override
        public String identity() {
            return isData() ? "sha256:" + contentHash() : "url:" + SignedUrl.withoutSignature(url);
        }

        private String contentHash() {
            int comma = url.indexOf(',');
            var digest = Sha256.digest();
            byte[] text = url.substring(comma + 1).getBytes(StandardCharsets.UTF_8);
            try {
                boolean base64 =
                        url.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64");
                digest.update(base64 ? Base64.getMimeDecoder().decode(text) : text);
            } catch (IllegalArgumentException e) {
                digest.update(text);
            }
            return Sha256.hex(digest);
        }

        @Override
        public String title() {
            return url;
        }

        /** Without signature and content: safe for any log. */
        @Override
        public String toString() {
            return isData() ? "data" : SignedUrl.place(url);
        }
    }

    /**
     * An image that is in an S3 bucket already.
     *
     * @param version tells one content of the key from the next, for example its ETag; null when none is known
     */
    record Stored(String bucket, String key, @Nullable String version) implements RequestImage {
        @Override
        public String identity() {
            return "s3:" + bucket + "/" + key + (version == null ? "" : "/" + version);
        }

        @Override
        public String title() {
            return "s3://" + bucket + "/" + key;
        }
    }
}
