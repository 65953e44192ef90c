package io.github.camelhh1.message;

import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.text.SafeFileName;

/** What a video is called: as its source, or else as its request. Safe as a file name. */
public final class VideoName {
    private VideoName() {}

    public static String of(GenerateMessage message, Identity identity) {
        String source = message.sourceName() != null
                ? message.sourceName()
                : MessageReader.nameIn(message.theImage().title());
        String name = source == null ? "" : SafeFileName.baseName(source, "");
        return (name.isEmpty() ? SafeFileName.baseName(identity.key(), identity.runId()) : name) + ".mp4";
    }
}
