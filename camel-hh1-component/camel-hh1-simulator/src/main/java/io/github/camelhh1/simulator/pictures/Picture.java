package io.github.camelhh1.simulator.pictures;

import java.nio.file.Path;

/** An image that was accepted: its content's digest, where the content lies, and its header. */
public record Picture(String sha256, Path file, PictureHeader header) {}
