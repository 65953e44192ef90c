package io.github.camelhh1.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A body that must begin in time. */
class BodyProducerTest {
    private static final byte[] BYTES = new byte[100];

    private long now = -50;
    private final Socket socket = new Socket();
    private final BodyProducer body = new BodyProducer(bytes(), 10L, () -> now);

    /** Takes as many bytes as there is room. */
    private static final class Socket implements DataStreamChannel {
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        int room = Integer.MAX_VALUE;
        boolean ended;

        @Override
        public int write(ByteBuffer piece) {
            int count = Math.min(room, piece.remaining());
            for (int i = 0; i < count; i++) {
                taken.write(piece.get());
            }
            return count;
        }

        @Override
        public void requestOutput() {}

        @Override
        public void endStream() {
            ended = true;
        }

        @Override
        public void endStream(List<? extends Header> trailers) {
            ended = true;
        }
    }

    private HttpCall.Body bytes() {
        return new HttpCall.Body() {
            @Override
            public long length() {
                return BYTES.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(BYTES);
            }
        };
    }

    @Nested
    class InTime {
        @Test
        void isSentToTheLastMoment() throws IOException {
            now = 10;
            body.produce(socket);

            assertThat(socket.taken.size()).isEqualTo(100);
            assertThat(socket.ended).isTrue();
            assertThat(body.started()).isTrue();
        }

        @Test
        void goesOnHoweverLongTheRestTakes() throws IOException {
            socket.room = 40;
            body.produce(socket);
            now = 1_000_000;
            assertThat(body.isTooLate()).isFalse();
            socket.room = 100;
            body.produce(socket);

            assertThat(socket.taken.size()).isEqualTo(100);
        }
    }

    @Nested
    class Forbidden {
        @Test
        void doesNotBeginAndIsProvablyNotSent() throws IOException {
            socket.room = 0;
            body.produce(socket);
            body.forbid();
            socket.room = 100;

            assertThatThrownBy(() -> body.produce(socket)).isInstanceOf(IOException.class);
            assertThat(socket.taken.size()).isZero();
            assertThat(body.started()).isFalse();
        }

        @Test
        void goesOnWhereItHasBegun() throws IOException {
            socket.room = 40;
            body.produce(socket);
            body.forbid();
            socket.room = 100;
            body.produce(socket);

            assertThat(socket.taken.size()).isEqualTo(100);
        }
    }

    @Nested
    class TooLate {
        @Test
        void doesNotBegin() {
            now = 11;

            assertThat(body.isTooLate()).isTrue();
            assertThatThrownBy(() -> body.produce(socket)).isInstanceOf(HttpCall.TooLateException.class);
            assertThat(socket.taken.size()).isZero();
            assertThat(body.started()).isFalse();
        }

        @Test
        void doesNotBeginWhenTheSocketTookNothingInTime() throws IOException {
            socket.room = 0;
            body.produce(socket);
            assertThat(body.started()).isFalse();
            now = 11;
            socket.room = 100;

            assertThatThrownBy(() -> body.produce(socket)).isInstanceOf(HttpCall.TooLateException.class);
            assertThat(socket.taken.size()).isZero();
            assertThat(body.started()).isFalse();
        }

        @Test
        void doesNotBeginWhenOpeningItTookThatLong() {
            var slow = new HttpCall.Body() {
                @Override
                public long length() {
                    return BYTES.length;
                }

                @Override
                public InputStream open() {
                    now = 11;
                    return new ByteArrayInputStream(BYTES);
                }
            };
            var late = new BodyProducer(slow, 10L, () -> now);

            assertThatThrownBy(() -> late.produce(socket)).isInstanceOf(HttpCall.TooLateException.class);
            assertThat(late.started()).isFalse();
        }
    }

    @Nested
    class WithoutALimit {
        @Test
        void isAlwaysInTime() throws IOException {
            now = Long.MAX_VALUE;
            new BodyProducer(bytes(), null, () -> now).produce(socket);

            assertThat(socket.taken.size()).isEqualTo(100);
        }
    }
}
