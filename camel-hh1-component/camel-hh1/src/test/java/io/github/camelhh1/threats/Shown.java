package io.github.camelhh1.threats;

import io.github.camelhh1.observe.KeptSpans;
import io.github.camelhh1.observe.RunEvent;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.PluginHelper;

/** Everything that a Camel context shows to its operators beside the log: spans, events, console, JMX. */
final class Shown {
    private final CamelContext context;
    private final KeptSpans spans = new KeptSpans();
    private final List<String> events = new CopyOnWriteArrayList<>();

    /** Begins to watch; before the context starts. */
    Shown(CamelContext context) {
        this.context = context;
        spans.setTraceProcessors(true);
        spans.setCamelContext(context);
        spans.init(context);
        context.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof RunEvent) {
                    events.add(event.toString());
                }
            }
        });
    }

    /** Each line names its kind. */
    List<String> lines() throws JMException {
        var lines = new ArrayList<String>();
        spans.ended.forEach(span -> lines.add("shown span " + span));
        events.forEach(event -> lines.add("shown event " + event));
        DevConsole console = PluginHelper.getDevConsoleResolver(context).resolveDevConsole("hh1");
        lines.add("shown console "
                + String.valueOf(console.call(MediaType.TEXT, Map.of())).replace('\n', ' '));
        lines.add("shown console " + console.call(MediaType.JSON, Map.of()));
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                lines.add("shown jmx " + name + " " + attribute.getName() + " " + value(server, name, attribute));
            }
        }
        return lines;
    }

    private static Object value(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) {
        try {
            return attribute.isReadable() ? server.getAttribute(name, attribute.getName()) : null;
        } catch (JMException | RuntimeException e) {
            return e;
        }
    }
}
