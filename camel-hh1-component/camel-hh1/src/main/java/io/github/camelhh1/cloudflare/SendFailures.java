package io.github.camelhh1.cloudflare;

import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.http.HttpProxy;
import io.github.camelhh1.http.HttpResult;
import io.github.camelhh1.http.TooLateException;
import io.github.camelhh1.text.CleanText;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Calls without a whole answer: safe when no byte of the body left, unknown otherwise. */
final class SendFailures {
    private SendFailures() {}

    static Outcome read(HttpResult.Failure failure, String key) {
        Throwable cause = failure.cause();
        if (failure.bodyStarted()) {
            return new Outcome.Unknown(
                    "the connection ended before a whole answer came (" + describe(cause) + ")",
                    cause,
                    failure.begun() == null ? Trace.UNANSWERED : EnvelopeReader.trace(failure.begun(), key));
        }
        return new Outcome.NotSent(describe(cause), !stays(cause), cause, Trace.NONE);
    }

    private static String describe(Throwable cause) {
        if (cause instanceof TooLateException) {
            return "this process was delayed for so long after the ledger had said SENT that nothing was sent any more";
        }
        String what = cause instanceof UnknownHostException ? "no such host: " : "";
        String message = cause.getMessage();
        return what + (message == null ? cause.getClass().getSimpleName() : CleanText.of(message));
    }

    /** A certificate that does not fit, a file that is gone and a proxy that forbids are the same at the next attempt. */
    private static boolean stays(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException
                    || cause instanceof CertPathValidatorException
                    || cause instanceof SSLPeerUnverifiedException
                    || cause instanceof FileSystemException
                    || (cause instanceof HttpProxy.RefusedException refused && refused.isFinal())) {
                return true;
            }
        }
        return false;
    }
}
