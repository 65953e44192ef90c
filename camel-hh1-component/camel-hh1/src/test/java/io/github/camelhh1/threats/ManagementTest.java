package io.github.camelhh1.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint whose URI holds the key, as JMX and {@code toString} show it. */
class ManagementTest {
    private static final String KEY = "canary-5b1e-key";

    @ParameterizedTest
    @ValueSource(strings = {KEY, "RAW(" + KEY + ")"})
    void theKeyIsShownNowhere(String spelled) throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:photo").to("hh1:generate?accountId=account&apiKey=" + spelled);
                }
            });
            context.start();
            List<String> shown = shownByJmx();
            assertThat(shown).anyMatch(text -> text.contains("hh1:") || text.contains("hh1\\:"));
            assertThat(shown).noneMatch(text -> text.contains(KEY));
            assertThat(context.getEndpoints())
                    .noneMatch(endpoint -> endpoint.toString().contains(KEY));
        }
    }

    private static List<String> shownByJmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        var shown = new ArrayList<String>();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            shown.add(name.toString());
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable() && attribute.getType().equals(String.class.getName())) {
                    shown.add(String.valueOf(server.getAttribute(name, attribute.getName())));
                }
            }
        }
        return shown;
    }
}
