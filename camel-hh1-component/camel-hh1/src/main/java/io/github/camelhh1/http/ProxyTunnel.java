package io.github.camelhh1.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicClientExchangeHandler;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connects calls through a proxy: with a CONNECT for https; plain http is sent to the proxy itself. It replaces the client
 * library's own handler, which gives a refused CONNECT to the call as if the service had answered, waits for an answer
 * without end, and shows the proxy's password in its log.
 */
final class ProxyTunnel implements AsyncExecChainHandler {
    private final HttpProxy proxy;
    /** For the answer to CONNECT. */
    private final RequestConfig patience;

    ProxyTunnel(HttpProxy proxy, Timeout patience) {
        this.proxy = proxy;
        this.patience = RequestConfig.custom().setResponseTimeout(patience).build();
    }

    private interface Step {
        void take() throws HttpException, IOException;
    }

    @Override
    public void execute(
            HttpRequest request,
            @Nullable AsyncEntityProducer entity,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback) {
        AsyncExecRuntime runtime = scope.execRuntime;
        var context = scope.clientContext;
        HttpHost target = scope.route.getTargetHost();
        Step send = () -> chain.proceed(HiddenFromLogs.request(request), entity, scope, callback);
        Step tunnel = () -> {
            RequestConfig ofTheCall = context.getRequestConfigOrDefault();
            context.setRequestConfig(patience);
            Step established = () -> {
                context.setRequestConfig(ofTheCall);
                runtime.upgradeTls(context, then(callback, send));
            };
            FutureCallback<HttpResult.Answer> answered =
                    then(callback, established, cause -> unanswered(target, cause));
            scope.cancellableDependency.setDependency(
                    runtime.execute(scope.exchangeId, connect(target, answered), context));
        };
        Step begin = () -> {
            if (runtime.isEndpointConnected()) {
                // From the pool: its tunnel stands.
                send.take();
            } else {
                scope.cancellableDependency.setDependency(
                        runtime.connectEndpoint(context, then(callback, scope.route.isTunnelled() ? tunnel : send)));
            }
        };
        scope.cancellableDependency.setDependency(runtime.acquireEndpoint(
                scope.exchangeId, scope.route, context.getUserToken(), context, then(callback, begin)));
    }

    private static <T> FutureCallback<T> then(AsyncExecCallback callback, Step step) {
        return then(callback, step, UnaryOperator.identity());
    }

    private static <T> FutureCallback<T> then(
            AsyncExecCallback callback, Step step, UnaryOperator<Exception> described) {
        return new FutureCallback<>() {
            @Override
            public void completed(T result) {
                try {
                    step.take();
                } catch (HttpException | IOException | RuntimeException e) {
                    callback.failed(e);
                }
            }

            @Override
            public void failed(Exception cause) {
                callback.failed(described.apply(cause));
            }

            @Override
            public void cancelled() {
                failed(new InterruptedIOException("the call was ended from this side"));
            }
        };
    }

    private Exception unanswered(HttpHost target, Exception cause) {
        return cause instanceof HttpProxy.RefusedException
                ? cause
                : new IOException(
                        "proxy " + proxy + " did not answer CONNECT " + target.toHostString() + ": "
                                + cause.getMessage(),
                        cause);
    }

    /** Asks the proxy for a tunnel. The page that comes with a refusal is not read: the connection is closed. */
    private AsyncClientExchangeHandler connect(HttpHost target, FutureCallback<HttpResult.Answer> answered) {
        String name = target.toHostString();
        var connect = new BasicHttpRequest(Method.CONNECT, target, name);
        connect.setVersion(HttpVersion.HTTP_1_1);
        connect.setHeader("Host", name);
        proxy.authorize(connect);
        var answer = new AnswerReader(
                new AnswerReader.Text(0),
                status -> status / 100 == 2 ? null : new HttpProxy.RefusedException(proxy, name, status));
        return new BasicClientExchangeHandler<>(new BasicRequestProducer(connect, null), answer, answered);
    }
}
