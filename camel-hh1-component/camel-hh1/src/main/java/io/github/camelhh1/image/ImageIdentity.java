package io.github.camelhh1.image;

import io.github.camelhh1.text.Sha256;
import io.github.camelhh1.text.SignedUrl;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** What an image is, whatever it is called today. */
public final class ImageIdentity {
    private ImageIdentity() {}

    /** Of content, and of a {@code data:} URI with the same bytes: their hash. Of a link: the link without its signature. */
    public static String of(String image) {
        int comma = image.indexOf(',');
        boolean data = image.regionMatches(true, 0, "data:", 0, 5) && comma > 0;
        return data ? "sha256:" + contentHash(image, comma) : "url:" + SignedUrl.withoutSignature(image);
    }

    public static String of(ImageContent content) {
        return "sha256:" + content.sha256();
    }

    /** Where it lies, and which content it is there. */
    public static String of(StoredImage image) {
        String version = image.version();
        return "s3:" + image.bucket() + "/" + image.key() + (version == null ? "" : "/" + version);
    }

    private static String contentHash(String dataUri, int comma) {
        var digest = Sha256.digest();
        byte[] text = dataUri.substring(comma + 1).getBytes(StandardCharsets.UTF_8);
        try {
            boolean base64 =
                    dataUri.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64");
            digest.update(base64 ? Base64.getMimeDecoder().decode(text) : text);
        } catch (IllegalArgumentException e) {
            digest.update(text);
        }
        return Sha256.hex(digest);
    }
}
