package io.github.camelhh1.examples.s3pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.examples.s3pipeline.route.Steps;
import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import io.github.camelhh1.examples.s3pipeline.s3.VideoBucket;
import io.github.camelhh1.failure.VideoExpiredException;
import io.github.camelhh1.ledger.CallIds;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/** The way from a paid video to its bucket: what can break there is found before a photo is paid, or loses no video. */
class LostOnTheWayTest extends PipelineSetup {
    @ParameterizedTest
    @ValueSource(strings = {"16MB", "0", "-1", "1000"})
    void aPartSizeThatS3DoesNotTakeStopsTheStart(String size) throws Exception {
        bench.put("cat.png", Photos.photo(1), Map.of());

        assertThatThrownBy(bench.with("pipeline.part-size", size)::start)
                .hasStackTraceContaining("pipeline.part-size=" + size);

        assertThat(bench.simulator.charges()).isZero();
    }

    @Test
    void aBucketOfVideosThatIsNotThereStopsTheStart() throws Exception {
        bench.put("cat.png", Photos.photo(1), Map.of());
        bench.s3().deleteBucket(delete -> delete.bucket(bench.place.out()));

        assertThatThrownBy(bench::start).hasStackTraceContaining("there is no bucket " + bench.place.out());

        assertThat(bench.simulator.charges()).isZero();
    }

    /** Many servers take names of 255 bytes, as file systems do. This one needs 37 of them for itself. */
    @Test
    void aPhotoWithALongNameHasAVideoWithAShorterOne() throws Exception {
        String name = "ü".repeat(103);
        bench.put(name + ".png", Photos.photo(1), Map.of());
        bench.start().awaitPhotos("done/" + name + ".png");

        assertThat(bench.videos()).singleElement().asString().startsWith("üüü").matches(".*-\\w{12}[.]mp4");
    }

    /** S3 as it answers a request for an object that is not there, where the bucket may not be listed. */
    private S3Client forbidden() {
        var interceptor = new ExecutionInterceptor() {
            @Override
            public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse answer, ExecutionAttributes none) {
                return answer.request() instanceof HeadObjectRequest
                        ? answer.httpResponse().toBuilder().statusCode(403).build()
                        : answer.httpResponse();
            }
        };
        return S3Client.builder()
                .credentialsProvider(bench.place.credentials())
                .region(Region.US_EAST_1)
                .endpointOverride(bench.place.endpoint().orElseThrow())
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.addExecutionInterceptor(interceptor))
                .build();
    }

    @Test
    void aPhotoWhoseLinkHasExpiredFailsWhereTheBucketOfVideosMayNotBeListed() throws Exception {
        bench.s3()
                .putObject(put -> put.bucket(bench.place.in()).key("cat.png"), RequestBody.fromBytes(Photos.photo(1)));
        String etag = bench.s3()
                .headObject(head -> head.bucket(bench.place.in()).key("cat.png"))
                .eTag();
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, "cat.png");
        exchange.getMessage().setHeader(AWS2S3Constants.E_TAG, etag);
        exchange.setProperty(
                Exchange.EXCEPTION_CAUGHT,
                new VideoExpiredException("Its link expired.", "https://v.example/1.mp4", "run-1", CallIds.NONE));
        try (S3Client s3 = forbidden()) {
            Map<String, Object> steps = Steps.byName(
                    new PhotoBucket(s3, bench.place.in()), new VideoBucket(s3, bench.place.out()), bench.console);
            ((Processor) steps.get("failPhoto")).process(exchange);
        }

        assertThat(bench.photos()).containsExactlyInAnyOrder("failed/cat.png", "failed/cat.png.txt");
        assertThat(bench.reason("cat.png")).contains("is billed", "run-1");
    }
}
