package io.github.camelhh1.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Images;
import io.github.camelhh1.bench.Sent;
import io.github.camelhh1.failure.InvalidRequestException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which objects of a bucket a message may have linked; it names them in headers, which anybody may have written. */
class S3InPlaceTest {
    @RegisterExtension
    static final Bench BENCH = new Bench();

    private static Sent estimate(String options, String key, Object body) {
        return BENCH.sendTo("hh1:estimate?stagingUri=RAW(aws2-s3:photos?region=eu-west-1" + options + ")", exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage()
                    .setHeaders(new HashMap<>(Map.of(
                            "CamelAwsS3BucketName",
                            "photos",
                            "CamelAwsS3Key",
                            key,
                            "CamelAwsS3ETag",
                            "\"e\"",
                            "CamelAwsS3ContentLength",
                            String.valueOf(Images.png().length))));
        });
    }

    private static String image(Sent sent) {
        assertThat(sent.end().getException()).isNull();
        var request = (Map<?, ?>) sent.end().getMessage().getBody(Map.class).get("request");
        return String.valueOf(((Map<?, ?>) request.get("input")).get("image"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', a.png",
        "'', in/a.png",
        "&prefix=in, in/a.png",
        "&prefix=in/, in/b/a.png",
        "&keyName=in, in/a.png",
        "&PREFIX=in, in/a.png",
        "&prefix=in&keyName=out, in/a.png"
    })
    void areThoseUnderTheEndpointsPrefix(String options, String key) {
        assertThat(image(estimate(options, key, null))).contains(key);
    }

    @ParameterizedTest
    @CsvSource({
        "&prefix=in, payroll/a.png", "&prefix=in, inside/a.png", "&prefix=in, in", "&prefix=in, in/../payroll/a.png",
        "&keyName=in, a.png", "&PREFIX=in, a.png", "&prefix=in&keyName=out, out/a.png", "'', in/../a.png"
    })
    void areNoOthers(String options, String key) {
        var failure = estimate(options, key, null).failure(InvalidRequestException.class);
        assertThat(failure.violations()).singleElement().asString().contains("key", "send its content as body");
    }

    @Test
    void areAllWhereTheEndpointHasNoOptions() {
        Sent sent = BENCH.sendTo("hh1:estimate?stagingUri=aws2-s3:photos", exchange -> {
            exchange.getMessage().setHeader("CamelAwsS3BucketName", "photos");
            exchange.getMessage().setHeader("CamelAwsS3Key", "a.png");
        });
        assertThat(image(sent)).contains("a.png");
    }

    @Test
    void othersAreStagedWhereTheirContentIsThere() {
        assertThat(image(estimate("&prefix=in", "payroll/a.png", Images.png()))).startsWith("staged:");
    }
}
