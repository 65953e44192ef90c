package io.github.camelhh1.image.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.fixture.Pictures;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.image.ImageHeader;
import io.github.camelhh1.image.ImageLook;
import io.github.camelhh1.image.fix.FixRules.NotFixableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FixRulesTest {
    private final FixRules rules = new FixRules(40_000_000);

    private static ImageLook look(ImageFormat format, int width, int height) {
        return new ImageLook(format, 1000, new ImageHeader(format, width, height), null);
    }

    @Test
    void allowAsManyPixelsAsTheOptionSays() {
        assertThat(rules.objection(look(ImageFormat.PNG, 8000, 5000))).isNull();
        assertThat(rules.objection(look(ImageFormat.PNG, 8001, 5000)))
                .contains("40005000 pixels", "at most 40000000", "preflightMaxPixels");
    }

    @Test
    void allowFewerOfAWebp() {
        assertThat(rules.objection(look(ImageFormat.WEBP, 2500, 2000))).isNull();
        assertThat(rules.objection(look(ImageFormat.WEBP, 2501, 2000))).contains("at most 5000000");
    }

    @Test
    void allowNoSideLongerThanAJpegsMayBe() {
        assertThat(rules.objection(look(ImageFormat.PNG, 65_535, 10))).isNull();
        assertThat(rules.objection(look(ImageFormat.PNG, 10, 65_536))).contains("a side of 65536", "at most 65535");
    }

    @Test
    void allowATiffOfOneStripAndOrdinaryDepth() {
        assertThat(rules.tooDeep(8, 24, 40_000_000)).isNull();
        assertThat(rules.tooDeep(16, 64, 15_000_000)).isNull();
        assertThat(rules.tooDeep(16, 64, 15_000_001)).contains("120000008 bytes", "at most 120000000");
        assertThat(rules.tooDeep(32, 96, 100)).contains("96 bits a pixel");
        assertThat(rules.tooDeep(32, 32, 100)).contains("16 a colour");
    }

    @Test
    void nameTheLibraryThatIsMissing() {
        ImageReader reader = FixRules.reader(ImageFormat.WEBP);
        IIORegistry.getDefaultInstance().deregisterServiceProvider(reader.getOriginatingProvider());
        try {
            assertThat(rules.objection(look(ImageFormat.WEBP, 200, 150)))
                    .isEqualTo("preflight=fix cannot decode WEBP without com.twelvemonkeys.imageio:imageio-webp"
                            + " on the class path: add it");
            assertThatThrownBy(() -> new Decoder(rules).decode(ImageContent.of(Pictures.webp("lossy"))))
                    .isInstanceOf(NotFixableException.class);
        } finally {
            IIORegistry.getDefaultInstance().registerServiceProvider(reader.getOriginatingProvider());
            reader.dispose();
        }
        assertThat(rules.objection(look(ImageFormat.WEBP, 200, 150))).isNull();
    }

    @Nested
    class AJpegOfManyScans {
        private static byte[] scans(int count) {
            byte[] jpeg = Pictures.encoded("jpg", 200, 150);
            int scan = 0;
            while (jpeg[scan] != (byte) 0xff || jpeg[scan + 1] != (byte) 0xda) {
                scan++;
            }
            var out = new ByteArrayOutputStream();
            out.write(jpeg, 0, scan);
            byte[] again = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
            for (int i = 0; i < count; i++) {
                out.writeBytes(again);
            }
            out.write(jpeg, jpeg.length - 2, 2);
            return out.toByteArray();
        }

        @Test
        void isNotDecoded() {
            byte[] bomb = scans(Decoder.MOST_SCANS + 1);
            assertThat(rules.objection(ImageContent.of(bomb).look())).isNull();
            assertThatThrownBy(() -> new Decoder(rules).decode(ImageContent.of(bomb)))
                    .isInstanceOf(NotFixableException.class)
                    .hasMessageContaining("more than 100 scans");
        }

        /** A hundred passes over 40 million pixels took 20 seconds, and 3 KB were enough for them. */
        @Test
        void mayHaveFewerWhereItIsLarge() throws Exception {
            Decoder.checkScans(new ByteArrayInputStream(scans(Decoder.MOST_SCANS_OF_LARGE)), 40_000_000);
            var more = new ByteArrayInputStream(scans(Decoder.MOST_SCANS_OF_LARGE + 1));
            assertThatThrownBy(() -> Decoder.checkScans(more, 40_000_000))
                    .isInstanceOf(NotFixableException.class)
                    .hasMessageContaining("more than 15 scans");
        }

        @Test
        void isDecodedWhereTheyAreFew() throws Exception {
            Decoder.checkScans(new ByteArrayInputStream(scans(Decoder.MOST_SCANS)), 200 * 150);
            assertThat(new Decoder(rules).decode(ImageContent.of(scans(1))).getWidth())
                    .isEqualTo(200);
        }
    }
}
