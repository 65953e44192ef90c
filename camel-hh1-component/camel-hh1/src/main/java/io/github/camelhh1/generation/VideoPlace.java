package io.github.camelhh1.generation;

import io.github.camelhh1.text.CleanText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a video is, for logs: host and path of its link, never the signature. */
public final class VideoPlace {
    /** Without scheme, name and password, query and fragment. */
    private static final Pattern PLACE = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*://)?(?:[^/@?#]*@)?([^?#]*)");

    private VideoPlace() {}

    public static String of(String link) {
        Matcher place = PLACE.matcher(link);
        return place.lookingAt() ? CleanText.of(place.group(1)) : "";
    }
}
