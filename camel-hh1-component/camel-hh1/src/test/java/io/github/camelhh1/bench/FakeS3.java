package io.github.camelhh1.bench;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** Options as camel-aws2-s3 has them, and no AWS SDK. Its endpoints must not start: the real ones call S3 then. */
public final class FakeS3 extends DefaultComponent {
    private final TreeMap<String, Object> defaults = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    public FakeS3(CamelContext context) {
        super(context);
    }

    /** An option that the component gives its endpoints. */
    public FakeS3 with(String option, Object value) {
        defaults.put(option, value);
        return this;
    }

    @Override
    public String getDefaultName() {
        return "aws2-s3";
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        var endpoint = new Place(uri, this, remaining, new TreeMap<>(defaults));
        endpoint.options.putAll(parameters);
        parameters.clear();
        return endpoint;
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return new Reader();
    }

    private static final class Reader implements PropertyConfigurer, PropertyConfigurerGetter {
        @Override
        public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
            return false;
        }

        @Override
        public Class<?> getOptionType(String name, boolean ignoreCase) {
            return Object.class;
        }

        @Override
        public Object getOptionValue(Object target, String name, boolean ignoreCase) {
            return ((Place) target).options.get(name);
        }
    }

    /** Public, for Camel reads it by reflection. */
    public static final class Place extends DefaultEndpoint {
        private final String bucketName;
        private final Map<String, Object> options;

        private Place(String uri, FakeS3 component, String bucketName, Map<String, Object> options) {
            super(uri, component);
            this.bucketName = bucketName;
            this.options = options;
        }

        public String getBucketName() {
            return bucketName;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException();
        }
    }
}
