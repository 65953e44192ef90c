package io.github.camelhh1.message;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.HttpUrl;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Message;

/**
 * A message of {@code download}.
 *
 * @param link of the video
 * @param baseName the name of the file, cleaned where the file is made
 * @param runId of the run that made the video; empty when it is not known
 */
public record DownloadMessage(URI link, String baseName, String runId) {

    private static final int LONGEST_LINK = 20_000;

    /**
     * The link is the body when that is one, else the header.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static DownloadMessage of(Message message) {
        Object body = message.getBody();
        URI link = body == null ? null : HttpUrl.of(text(message, body));
        if (link == null) {
            HeaderText header = HeaderText.of(message, Hh1Constants.VIDEO_URL);
            if (header.problem() != null) {
                throw new IllegalArgumentException("videoUrl: " + header.problem());
            }
            link = header.text() == null ? null : HttpUrl.of(header.text().strip());
        }
        if (link == null) {
            throw new IllegalArgumentException("videoUrl: neither the body nor the header " + Hh1Constants.VIDEO_URL
                    + " is an absolute http(s) URL; send the link that hh1:generate gave");
        }
        String named = header(message, Hh1Constants.VIDEO_FILE_NAME);
        String last = named.isEmpty() ? String.valueOf(GenerateMessage.nameIn(link.toString())) : named;
        return new DownloadMessage(link, withoutExtension(last), header(message, Hh1Constants.RUN_ID));
    }

    private static String header(Message message, String header) {
        String text = HeaderText.orNull(message, header);
        return text == null ? "" : text.strip();
    }

    /** A stream that can be read once only is read where no header names the link. */
    private static String text(Message message, Object body) {
        if (body instanceof CharSequence || body instanceof URI || body instanceof URL) {
            return String.valueOf(body).strip();
        }
        try {
            byte[] start = TextBody.start(body, LONGEST_LINK);
            if (start == null && body instanceof InputStream in && message.getHeader(Hh1Constants.VIDEO_URL) == null) {
                start = in.readNBytes(LONGEST_LINK);
            }
            return start == null ? "" : new String(start, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "videoUrl: the body could not be read (" + CleanText.of(e.toString()) + ")", e);
        }
    }

    private static String withoutExtension(String name) {
        return name.regionMatches(true, name.length() - 4, ".mp4", 0, 4) ? name.substring(0, name.length() - 4) : name;
    }
}
