package io.github.camelhh1.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.http.HttpResult;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnansweredTest {
    static List<Throwable> whatMayPass() {
        return List.of(
                new UnknownHostException("api.example"),
                new ConnectException("Connection refused"),
                new SSLException("Unsupported or unrecognized SSL message"),
                new SocketException("Connection reset"),
                new CancellationException(),
                new IOException());
    }

    static List<Throwable> whatStays() {
        return List.of(
                new SSLHandshakeException("bad").initCause(new CertificateExpiredException("expired")),
                new SSLPeerUnverifiedException("Certificate doesn't match"),
                new NoSuchFileException("/photos/1.png"));
    }

    @ParameterizedTest
    @MethodSource({"whatMayPass", "whatStays"})
    void isUnknownOnceAByteLeft(Throwable cause) {
        assertThat(Answers.unanswered(new HttpResult.Failure(cause, true, null), answer -> Trace.NONE))
                .isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> {
                    assertThat(unknown.failure()).isSameAs(cause);
                    assertThat(unknown.trace().attempts()).isEqualTo(1);
                });
    }

    @ParameterizedTest
    @MethodSource("whatMayPass")
    void isSafeAndWorthAnotherTryWhenNoByteLeft(Throwable cause) {
        assertThat(Answers.unanswered(new HttpResult.Failure(cause, false, null), answer -> Trace.NONE))
                .isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> {
                    assertThat(notSent.passing()).isTrue();
                    assertThat(notSent.reason()).isNotBlank();
                    assertThat(notSent.trace().attempts()).isZero();
                });
    }

    @ParameterizedTest
    @MethodSource("whatStays")
    void isSafeAndFinalWhenTheNextTryWouldEndAlike(Throwable cause) {
        assertThat(Answers.unanswered(new HttpResult.Failure(cause, false, null), answer -> Trace.NONE))
                .isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> assertThat(notSent.passing())
                        .isFalse());
    }

    @Test
    void saysThatTheHostDoesNotExist() {
        var failure = new HttpResult.Failure(new UnknownHostException("api.example"), false, null);

        assertThat(((Outcome.NotSent) Answers.unanswered(failure, answer -> Trace.NONE)).reason())
                .isEqualTo("no such host: api.example");
    }
}
