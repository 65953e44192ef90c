package io.github.camelhh1.examples.fleet.queues;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.LoggerFactory;

/** A listener container that leaves the acknowledgement to the route, and takes nothing more once Camel stops. */
final class AcknowledgeLater extends DefaultJmsMessageListenerContainer {
    private final JmsEndpoint endpoint;

    AcknowledgeLater(JmsEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        setAcknowledgeAfterListener(false);
    }

    @Override
    protected Message receiveMessage(MessageConsumer consumer) throws JMSException {
        return endpoint.getCamelContext().isStopping() ? null : super.receiveMessage(consumer);
    }

    /** Otherwise one failure would bring back all messages that the session has in work. */
    @Override
    protected void rollbackOnExceptionIfNecessary(Session session, Throwable failure) {}

    @Override
    protected void rollbackIfNecessary(Session session) {}

    /** The first step of the route. */
    static void whenThrough(Exchange exchange) {
        JmsMessage message = exchange.getMessage(JmsMessage.class);
        Session session = message.getJmsSession();
        Message delivery = message.getJmsMessage();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange done) {
                synchronized (session) {
                    acknowledge(delivery);
                }
            }
        });
    }

    private static void acknowledge(Message delivery) {
        try {
            delivery.acknowledge();
        } catch (JMSException e) {
            // It comes again, and the ledger answers.
            LoggerFactory.getLogger(AcknowledgeLater.class).warn("Not acknowledged: {}", e.getMessage());
        }
    }
}
