package io.github.camelhh1.image.preflight;

/** Something about an image that the model may not like: the measured value, the limit and the remedy. */
record Finding(Weight weight, String text) {

    enum Weight {
        /** May go well. */
        ADVICE,
        /** Breaks a limit of the model. */
        BROKEN,
        /** No image at all. */
        NO_IMAGE
    }
}
