package dev.stillhouse.teacher.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
    private final AtomicInteger cancelled = new AtomicInteger();
    private final BoundedBody body = new BoundedBody(6);
    private final CompletableFuture<byte[]> read = body.getBody().toCompletableFuture();

    @Test
    void aBodyThatFitsIsReadAsAWhole() {
        subscribe();
        next("ab", "");
        next("cde");
        assertThat(read).isNotDone();

        body.onComplete();

        assertThat(read).isCompletedWithValueMatching(bytes -> text(bytes).equals("abcde"));
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void whatIsBeyondTheBoundIsNotReadNorWaitedFor() {
        subscribe();
        next("abcd", "efgh");

        assertThat(read).isCompletedWithValueMatching(bytes -> text(bytes).equals("abcdef"));
        assertThat(cancelled).hasValue(1);

        next("ij");
        body.onComplete();
        assertThat(text(read.join())).isEqualTo("abcdef");
    }

    @Test
    void aConnectionThatBreaksEndsTheWaiting() {
        subscribe();
        next("ab");
        body.onError(new IOException("reset"));

        assertThatThrownBy(read::get).hasRootCauseMessage("reset");
    }

    private void subscribe() {
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long number) {
                assertThat(number).isEqualTo(Long.MAX_VALUE);
            }

            @Override
            public void cancel() {
                cancelled.incrementAndGet();
            }
        });
    }

    private void next(String... parts) {
        body.onNext(Stream.of(parts)
                .map(part -> ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
