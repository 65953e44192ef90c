package io.github.camelhh1.examples.filedrop.photo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.examples.filedrop.folder.Original;
import io.github.camelhh1.examples.filedrop.folder.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestKeyTest {
    private static final Map<String, Object> WISH = Map.of("prompt", "the cat yawns", "duration", "5");

    private static String key(String file, String content, Map<String, Object> wish) {
        return RequestKey.of(new Photo(new Source(new Original(Path.of(file), content), List.of()), "any"), wish);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/drop/in/cat.jpg",
                "/elsewhere/cat.jpg",
                "/drop/in/cat-2.jpg",
                "cat-17.jpg",
                "cat-2-2.jpg",
                "cat.png"
            })
    void oneRequestStaysOneWhereverItsPhotoLies(String file) {
        assertThat(key(file, "abc", WISH)).isEqualTo(key("/drop/in/cat.jpg", "abc", WISH));
    }

    /** Numbers that the drop does not give. */
    @ParameterizedTest
    @ValueSource(strings = {"dog.jpg", "cat-0042.jpg", "cat-1.jpg", "cat-20260101.jpg", "cat2.jpg", "cat-b.jpg"})
    void anotherNameIsAnotherRequest(String file) {
        assertThat(key(file, "abc", WISH)).isNotEqualTo(key("cat.jpg", "abc", WISH));
    }

    @Test
    void anotherPhotoOfTheNameIsAnotherRequest() {
        assertThat(key("cat.jpg", "abd", WISH)).isNotEqualTo(key("cat.jpg", "abc", WISH));
    }

    @ParameterizedTest
    @CsvSource({"the cat yawns, 6", "the cat sleeps, 5", "'the cat yawns5', ''"})
    void anotherWishIsAnotherRequest(String prompt, String duration) {
        Map<String, Object> wish = Map.of("prompt", prompt, "duration", duration);

        assertThat(key("cat.jpg", "abc", wish)).isNotEqualTo(key("cat.jpg", "abc", WISH));
    }

    @Test
    void beginsWithTheNameAndHoldsNoPrompt() {
        assertThat(key("a\nb.jpg", "abc", WISH)).matches("a[?]b [0-9a-f]{64}");
    }
}
