package io.github.camelhh1.generation;

import io.github.camelhh1.text.CleanText;

/** Where a video is, for logs: host and path of its link, never the signature. */
final class VideoPlace {
    private VideoPlace() {}

    static String of(String link) {
        int end = link.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = link.indexOf(mark);
            end = at < 0 ? end : Math.min(end, at);
        }
        String place = link.substring(0, end).replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "");
        // A name and a password may stand before the host.
        return CleanText.of(place.substring(place.indexOf('@', 0) < 0 ? 0 : place.lastIndexOf('@') + 1));
    }
}
