package io.github.camelhh1.examples.filedrop.photo;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.folder.Original;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The request key of a photo: its name, its content, its prompt and its options. The folder and the times of the file
 * do not count. So a photo that comes back from {@code failed}, moved or copied, is the same request, and is not paid
 * twice.
 */
final class RequestKey {
    /** As {@link io.github.camelhh1.examples.filedrop.folder.Filing} gives them: a photo comes back under such a name. */
    private static final Pattern NUMBERS = Pattern.compile("(-([2-9]|[1-9]\\d{1,3}))+$");

    private RequestKey() {}

    static String of(Photo photo, Map<String, Object> input) {
        MessageDigest hash = Original.digest();
        add(hash, photo.source().photo().sha256());
        input.forEach((field, value) -> {
            add(hash, field);
            add(hash, String.valueOf(value));
        });
        String name = NUMBERS.matcher(DropFolder.baseName(photo.file())).replaceFirst("");
        return name.replaceAll("\\p{Cc}", "?") + " " + HexFormat.of().formatHex(hash.digest());
    }

    private static void add(MessageDigest hash, String part) {
        hash.update(part.getBytes(StandardCharsets.UTF_8));
        hash.update((byte) 0);
    }
}
