package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.publish.PublishStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;

/**
 * Where a test lets a process stand still to be killed: with {@code spark.stillhouse.test.haltAt=train:CHECKED} and {@code spark.stillhouse.test.haltMarker=FILE} the run creates the file after that step of that stage and
 * waits for ever.
 */
final class FailPoint {
    static final String HALT_AT = "spark.stillhouse.test.haltAt";
    static final String HALT_MARKER = "spark.stillhouse.test.haltMarker";

    private FailPoint() {}

    static Consumer<PublishStep> of(SparkConf conf, String stage) {
        String haltAt = conf.get(HALT_AT, "");
        return step -> {
            if (haltAt.equals(stage + ":" + step)) {
                halt(Path.of(conf.get(HALT_MARKER)));
            }
        };
    }

    private static void halt(Path marker) {
        try {
            Files.createFile(marker);
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + marker, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
