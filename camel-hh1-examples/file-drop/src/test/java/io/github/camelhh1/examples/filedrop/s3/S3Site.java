package io.github.camelhh1.examples.filedrop.s3;

import io.github.camelhh1.staging.contract.StagingSite;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A bucket of an S3 server in this JVM, through a client that counts, and refuses on demand. */
final class S3Site implements StagingSite {
    private static final String BUCKET = "photos";

    private final LocalS3 server;
    private final S3Client client;
    private final S3Presigner presigner;
    private final AtomicInteger puts = new AtomicInteger();
    private volatile Class<?> refused = Void.class;

    S3Site() throws Exception {
        server = LocalS3.start();
        client = S3Clients.builder(server.settings())
                .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(new Watch()))
                .build();
        presigner = S3Clients.presigner(server.settings());
        client.createBucket(request -> request.bucket(BUCKET));
    }

    private final class Watch implements ExecutionInterceptor {
        @Override
        public void beforeExecution(Context.BeforeExecution execution, ExecutionAttributes attributes) {
            if (refused.isInstance(execution.request())) {
                throw SdkClientException.create("the store is closed");
            } else if (execution.request() instanceof PutObjectRequest) {
                puts.incrementAndGet();
            }
        }
    }

    S3Client client() {
        return client;
    }

    S3Presigner presigner() {
        return presigner;
    }

    int puts() {
        return puts.get();
    }

    @Override
    public void configure(CamelContext context) {
        bindClient(context);
        context.getRegistry().bind("presigner", presigner);
    }

    void bindClient(CamelContext context) {
        context.getRegistry().bind("client", client);
    }

    @Override
    public String options() {
        return "stagingUri=aws2-s3:" + BUCKET + "?autoCreateBucket=false";
    }

    @Override
    public Set<String> images() {
        return client.listObjectsV2(request -> request.bucket(BUCKET)).contents().stream()
                .map(object -> object.key().substring(object.key().lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    @Override
    public Object stamp(String name) {
        return puts.get();
    }

    @Override
    public void refusePuts(String name) {
        refused = PutObjectRequest.class;
    }

    @Override
    public void refuseRemovals(String name) {
        refused = DeleteObjectRequest.class;
    }

    @Override
    public void behave() {
        refused = Void.class;
        client.listObjectsV2(request -> request.bucket(BUCKET))
                .contents()
                .forEach(object ->
                        client.deleteObject(request -> request.bucket(BUCKET).key(object.key())));
    }

    @Override
    public void close() throws Exception {
        presigner.close();
        client.close();
        server.close();
    }
}
