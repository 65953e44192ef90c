package io.github.camelhh1.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connects calls through a proxy: with a CONNECT for https; plain http is sent to the proxy itself. It stands where the
 * client library has a handler of its own, which gives a refused CONNECT to the call as if the service had answered,
 * waits for an answer without end, and shows the proxy's password in its log.
 */
final class ProxyTunnel implements AsyncExecChainHandler {
    private final HttpProxy proxy;
    /** For the answer to CONNECT. */
    private final RequestConfig patience;

    ProxyTunnel(HttpProxy proxy, Duration connectTimeout) {
        this.proxy = proxy;
        this.patience = RequestConfig.custom()
                .setResponseTimeout(Timeout.ofMilliseconds(connectTimeout.toMillis()))
                .build();
    }

    @Override
    public void execute(
            HttpRequest request,
            @Nullable AsyncEntityProducer entity,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback) {
        new Connecting(request, entity, scope, chain, callback).begin();
    }

    private interface Step {
        void take() throws HttpException, IOException;
    }

    /** One call on its way to a connection. */
    private final class Connecting {
        private final HttpRequest request;
        private final @Nullable AsyncEntityProducer entity;
        private final AsyncExecChain.Scope scope;
        private final AsyncExecChain chain;
        private final AsyncExecCallback callback;
        private final HttpHost target;

        Connecting(
                HttpRequest request,
                @Nullable AsyncEntityProducer entity,
                AsyncExecChain.Scope scope,
                AsyncExecChain chain,
                AsyncExecCallback callback) {
            this.request = request;
            this.entity = entity;
            this.scope = scope;
            this.chain = chain;
            this.callback = callback;
            this.target = scope.route.getTargetHost();
        }

        void begin() {
            scope.cancellableDependency.setDependency(scope.execRuntime.acquireEndpoint(
                    scope.exchangeId,
                    scope.route,
                    scope.clientContext.getUserToken(),
                    scope.clientContext,
                    then(this::acquired)));
        }

        private void acquired() throws HttpException, IOException {
            if (scope.execRuntime.isEndpointConnected()) {
                // From the pool: its tunnel stands.
                send();
                return;
            }
            scope.cancellableDependency.setDependency(
                    scope.execRuntime.connectEndpoint(scope.clientContext, then(this::connected)));
        }

        private void connected() throws HttpException, IOException {
            if (!scope.route.isTunnelled()) {
                send();
                return;
            }
            RequestConfig ofTheCall = scope.clientContext.getRequestConfigOrDefault();
            scope.clientContext.setRequestConfig(patience);
            scope.cancellableDependency.setDependency(scope.execRuntime.execute(
                    scope.exchangeId,
                    new Connect(target, then(() -> {
                        scope.clientContext.setRequestConfig(ofTheCall);
                        scope.execRuntime.upgradeTls(scope.clientContext, then(this::send));
                    })),
                    scope.clientContext));
        }

        private void send() throws HttpException, IOException {
            boolean bySelf = scope.route.getProxyHost() != null && !scope.route.isTunnelled();
            chain.proceed(HiddenFromLogs.request(request), entity, scope, bySelf ? new Unauthenticated() : callback);
        }

        private FutureCallback<AsyncExecRuntime> then(Step step) {
            return new FutureCallback<>() {
                @Override
                public void completed(AsyncExecRuntime runtime) {
                    try {
                        step.take();
                    } catch (HttpException | IOException | RuntimeException e) {
                        callback.failed(e);
                    }
                }

                @Override
                public void failed(Exception cause) {
                    callback.failed(cause);
                }

                @Override
                public void cancelled() {
                    callback.failed(new InterruptedIOException());
                }
            };
        }

        /** Of a plain request to the proxy itself: the answer 407 is the proxy's, any other may be the host's. */
        private final class Unauthenticated implements AsyncExecCallback {
            @Override
            public @Nullable AsyncDataConsumer handleResponse(HttpResponse response, @Nullable EntityDetails entity)
                    throws HttpException, IOException {
                if (response.getCode() == HttpProxy.UNAUTHENTICATED) {
                    throw new HttpProxy.RefusedException(proxy, target.toHostString(), response.getCode());
                }
                return callback.handleResponse(response, entity);
            }

            @Override
            public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
                callback.handleInformationResponse(response);
            }

            @Override
            public void completed() {
                callback.completed();
            }

            @Override
            public void failed(Exception cause) {
                callback.failed(cause);
            }
        }
    }

    /** Asks the proxy for a tunnel. Nothing that follows a refusal is read: the connection is closed. */
    private final class Connect implements AsyncClientExchangeHandler {
        private final HttpHost target;
        private final FutureCallback<AsyncExecRuntime> answered;
        private final AtomicBoolean ended = new AtomicBoolean();

        Connect(HttpHost target, FutureCallback<AsyncExecRuntime> answered) {
            this.target = target;
            this.answered = answered;
        }

        @Override
        public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
            var connect = new BasicHttpRequest(Method.CONNECT, target, target.toHostString());
            connect.setVersion(HttpVersion.HTTP_1_1);
            connect.setHeader("Host", target.toHostString());
            Header authorization = proxy.authorization();
            if (authorization != null) {
                connect.setHeader(authorization);
            }
            channel.sendRequest(connect, null, context);
        }

        @Override
        public void consumeResponse(HttpResponse response, @Nullable EntityDetails entity, HttpContext context) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            if (response.getCode() / 100 == 2) {
                answered.completed(null);
            } else {
                answered.failed(new HttpProxy.RefusedException(proxy, target.toHostString(), response.getCode()));
            }
        }

        @Override
        public void failed(Exception cause) {
            if (ended.compareAndSet(false, true)) {
                answered.failed(new IOException(
                        "proxy " + proxy + " did not answer CONNECT " + target.toHostString() + ": "
                                + cause.getMessage(),
                        cause));
            }
        }

        @Override
        public void cancel() {
            failed(new InterruptedIOException("the call was ended from this side"));
        }

        @Override
        public void consumeInformation(HttpResponse response, HttpContext context) {
            // 1xx says nothing about the tunnel.
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public void produce(DataStreamChannel channel) {
            // CONNECT has no body.
        }

        @Override
        public void updateCapacity(CapacityChannel channel) throws IOException {
            channel.update(Integer.MAX_VALUE);
        }

        @Override
        public void consume(ByteBuffer piece) {
            // A refusal's page is of no use.
        }

        @Override
        public void streamEnd(@Nullable List<? extends Header> trailers) {
            // The status has said it.
        }

        @Override
        public void releaseResources() {
            failed(new IOException("the connection ended"));
        }
    }
}
