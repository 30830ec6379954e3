package dev.stillhouse.datasets.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aSecondRunIsToldWhoHoldsTheWorkspace() {
        try (Lease first = take("first", NOON)) {
            assertThatThrownBy(() -> take("second", NOON.plusSeconds(30)))
                    .isInstanceOf(Lease.HeldException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("running 'run task.yaml' since 2026-01-01T12:00:00Z");
            first.check();
        }
    }

    @Test
    void aLeaseThatWasGivenBackCanBeTaken() {
        take("first", NOON).close();

        try (Lease second = take("second", NOON)) {
            second.check();
        }
        assertThat(folder.resolve(".lease")).doesNotExist();
    }

    @Test
    void anAbandonedLeaseIsTakenOverAndItsFormerHolderNoticesBeforePublishing() {
        Lease first = take("first", NOON);
        try (Lease second = take("second", NOON.plus(Lease.EXPIRY).plusSeconds(1))) {
            second.check();
            assertThatThrownBy(first::check).isInstanceOf(Lease.HeldException.class);
            first.close();
            assertThat(folder.resolve(".lease"))
                    .as("the former holder must not give away the lease")
                    .exists();
        }
    }

    @Test
    void aLeaseThatWasTakenOverIsLostThoughItWasGivenBackSince() {
        Lease first = take("first", NOON);
        take("second", NOON.plus(Lease.EXPIRY).plusSeconds(1)).close();

        assertThatThrownBy(first::check)
                .isInstanceOf(Lease.HeldException.class)
                .hasMessageContaining("stood still for longer than 60 s");
        first.close();
    }

    @Test
    void theLeaseOfADeadProcessOfThisHostIsTakenOverAtOnce() throws Exception {
        take("first", NOON);
        Path file = folder.resolve(".lease");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"pid\" : " + ProcessHandle.current().pid(), "\"pid\" : 4194999"));

        try (Lease second = take("second", NOON.plusSeconds(1))) {
            second.check();
        }
    }

    @Test
    void aHalfWrittenLeaseCountsAsAbandoned() throws Exception {
        Files.writeString(folder.resolve(".lease"), "{\"token\" : \"fir");

        try (Lease second = take("second", NOON)) {
            second.check();
        }
    }

    private Lease take(String token, Instant now) {
        Workspace workspace = new Workspace(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
        return Lease.take(workspace, token, "run task.yaml", Clock.fixed(now, ZoneOffset.UTC));
    }
}
