package dev.stillhouse.scoring.output;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deliveries that are ended half-way, and what the next one makes of them. */
class FileOutputRecoveryTest {
    @TempDir
    Path folder;

    private TinyLake lake = new TinyLake(Path.of(""));

    @BeforeEach
    void aFolderThatIsNotThere() {
        lake = new TinyLake(folder.resolve("lake"));
    }

    @ParameterizedTest
    @EnumSource(OutputConfig.Mode.class)
    void aDeliveryThatIsEndedAtAnyStepIsFinishedOrBegunAnewByTheNext(OutputConfig.Mode mode) {
        for (List<String> partitions : List.of(List.<String>of(), List.of("label"), List.of("label", "source"))) {
            for (DeliveryStep step : DeliveryStep.values()) {
                lake = new TinyLake(folder.resolve(mode + "-" + partitions.size() + "-" + step));
                OutputConfig config = lake.config("parquet", mode, partitions, 1000);
                lake.output(config).deliver(lake.rows("a1", "b1", "c1"), TinyLake.FIRST, TinyLake.FREE);

                assertThat(isEnded(config, step, lake.rows("a2", "b2"), TinyLake.SECOND))
                        .isEqualTo(step != DeliveryStep.CLEARED || mode == OutputConfig.Mode.REPLACE);
                lake.output(config).deliver(lake.rows("a2", "b2"), TinyLake.SECOND, TinyLake.FREE);
                lake.output(config).deliver(lake.rows("a2", "b2"), TinyLake.SECOND, TinyLake.FREE);

                String[] expected = mode == OutputConfig.Mode.APPEND
                        ? new String[] {"a1", "a2", "b1", "b2", "c1"}
                        : partitions.isEmpty() ? new String[] {"a2", "b2"} : new String[] {"a2", "b2", "c1"};
                assertThat(lake.ids()).as("%s %s %s", mode, partitions, step).containsExactly(expected);
                assertThat(lake.beside()).noneMatch(name -> name.startsWith("."));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DeliveryStep.class)
    void aRunThatIsDeliveredAgainIsThereOnceWhereverThatIsEnded(DeliveryStep step) {
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.REPLACE, List.of("label"), 1000);
        lake.output(config).deliver(lake.rows("a1", "b1", "c1"), TinyLake.FIRST, TinyLake.FREE);
        FileOutput ending = lake.output(config, at -> {
            if (at == step) {
                throw new IllegalStateException("ended");
            }
        });

        assertThatThrownBy(() -> ending.deliverAgain(lake.rows("a2", "b2", "c2"), TinyLake.FIRST, TinyLake.FREE))
                .hasMessage("ended");
        lake.output(config).deliverAgain(lake.rows("a2", "b2", "c2"), TinyLake.FIRST, TinyLake.FREE);

        assertThat(lake.ids()).containsExactly("a2", "b2", "c2");
        assertThat(lake.beside()).noneMatch(name -> name.startsWith("."));
    }

    /** As a rename leaves it that copies and deletes file by file, and was ended. */
    @ParameterizedTest
    @EnumSource(
            value = DeliveryStep.class,
            names = {"PLANNED", "CLEARED"})
    void aFolderOfWhichAPartWasMovedIsMovedToItsEnd(DeliveryStep step) throws Exception {
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.REPLACE, List.of("label"), 1);
        lake.output(config).deliver(lake.rows("a1", "a2", "a3"), TinyLake.FIRST, TinyLake.FREE);
        assertThat(isEnded(config, step, lake.rows("a4", "a5", "a6"), TinyLake.SECOND))
                .isTrue();
        Path place = onlyFolder(folder.resolve(".lake.stillhouse-me"));
        boolean isCleared = step == DeliveryStep.CLEARED;
        Path from = isCleared ? place.resolve("new/label=a") : lake.path().resolve("label=a");
        Path to = isCleared ? lake.path().resolve("label=a") : place.resolve("old/label=a");
        Files.createDirectories(to);
        String moved = "part-" + (isCleared ? TinyLake.SECOND : TinyLake.FIRST) + "-00000.parquet";
        Files.move(from.resolve(moved), to.resolve(moved));

        assertThat(lake.output(config).runs(TinyLake.FREE)).containsExactly(TinyLake.SECOND);

        assertThat(lake.ids()).containsExactly("a4", "a5", "a6");
        assertThat(lake.beside()).containsExactly("lake");
    }

    @Test
    void whatAnotherHasPutThereMeanwhileIsReplacedAndNotMixed() {
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.REPLACE, List.of("label"), 1000);
        assertThat(isEnded(config, DeliveryStep.CLEARED, lake.rows("a1", "b1"), TinyLake.FIRST))
                .isTrue();
        lake.output(config, "other").deliver(lake.rows("a2", "b2", "c2"), TinyLake.SECOND, TinyLake.FREE);

        assertThat(lake.output(config).runs(TinyLake.FREE)).contains(TinyLake.FIRST);

        assertThat(lake.ids()).containsExactly("a1", "b1", "c2");
    }

    @Test
    void whoeverIsNoLongerToDeliverLeavesTheOutputAsItIsAndOthersAttemptsAlone() throws Exception {
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.REPLACE, List.of(), 1000);
        lake.output(config).deliver(lake.rows("a"), TinyLake.FIRST, TinyLake.FREE);
        Path others = folder.resolve(".lake.stillhouse-me/" + TinyLake.SECOND + ".others/new");

        AtomicInteger asked = new AtomicInteger();
        Runnable takenOverMeanwhile = () -> {
            if (asked.incrementAndGet() > 1) {
                assertThat(others.toFile().mkdirs()).isTrue();
                throw new IllegalStateException("taken over");
            }
        };

        assertThatThrownBy(() -> lake.output(config).deliver(lake.rows("b"), TinyLake.SECOND, takenOverMeanwhile))
                .hasMessage("taken over");

        assertThat(lake.ids()).containsExactly("a");
        assertThat(others).exists();
        assertThat(folder.resolve(".lake.stillhouse-me"))
                .isDirectoryNotContaining(place -> !place.endsWith(TinyLake.SECOND + ".others"));
    }

    @ParameterizedTest
    @EnumSource(OutputConfig.Mode.class)
    void whoeverGoesOnAfterAnotherHasFinishedLosesNothing(OutputConfig.Mode mode) {
        OutputConfig config = lake.config("parquet", mode, List.of("label"), 1);
        AtomicInteger moved = new AtomicInteger();
        FileOutput stood = lake.output(config, step -> {
            if (step == DeliveryStep.MOVED && moved.incrementAndGet() == 1) {
                assertThat(lake.output(config).runs(TinyLake.FREE)).containsExactly(TinyLake.FIRST);
            }
        });

        stood.deliver(lake.rows("a1", "b1", "c1", "c2"), TinyLake.FIRST, TinyLake.FREE);

        assertThat(lake.ids()).containsExactly("a1", "b1", "c1", "c2");
        assertThat(lake.beside()).containsExactly("lake");
    }

    @Test
    void whatALostLeaseLeavesHalfDoneTheNextFinishes() {
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.APPEND, List.of("label"), 1000);
        AtomicInteger asked = new AtomicInteger();
        Runnable lost = () -> {
            // Once before it begins, once before it is decided, and once for each file.
            if (asked.incrementAndGet() > 3) {
                throw new IllegalStateException("taken over");
            }
        };
        assertThatThrownBy(() -> lake.output(config).deliver(lake.rows("a", "b", "c"), TinyLake.FIRST, lost))
                .hasMessage("taken over");
        assertThat(lake.ids()).containsExactly("a");

        assertThat(lake.output(config).runs(TinyLake.FREE)).containsExactly(TinyLake.FIRST);

        assertThat(lake.ids()).containsExactly("a", "b", "c");
    }

    @Test
    void theNextRunFinishesWhatAnEarlierOneHadDecided() {
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.APPEND, List.of("label"), 1000);
        assertThat(isEnded(config, DeliveryStep.MOVED, lake.rows("a1", "b1", "c1"), TinyLake.FIRST))
                .isTrue();

        assertThat(lake.output(config).runs(TinyLake.FREE)).containsExactly(TinyLake.FIRST);
        assertThat(lake.ids()).containsExactly("a1", "b1", "c1");
        lake.output(config).deliver(lake.rows("a2"), TinyLake.SECOND, TinyLake.FREE);

        assertThat(lake.ids()).containsExactly("a1", "a2", "b1", "c1");
    }

    @Test
    void whatAnEndedProcessHadNotDecidedIsThrownAway() throws Exception {
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.APPEND, List.of(), 1000);
        Path half = Files.createDirectories(folder.resolve(".lake.stillhouse-me/" + TinyLake.FIRST + "/new"));
        Files.writeString(half.resolve("part-" + TinyLake.FIRST + "-00000.parquet"), "half a file");

        lake.output(config).deliver(lake.rows("a"), TinyLake.SECOND, TinyLake.FREE);

        assertThat(lake.ids()).containsExactly("a");
        assertThat(lake.beside()).containsExactly("lake");
    }

    @Test
    void whatCannotBeWrittenLeavesTheLastGoodOutputAndNothingBesideIt() {
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.REPLACE, List.of(), 1000);
        lake.output(config).deliver(lake.rows("a", "b"), TinyLake.FIRST, TinyLake.FREE);
        Dataset<Row> brokenDF = lake.rows("c").withColumn("label", expr("if(id = 'c', raise_error('disk full'), id)"));

        assertThatThrownBy(() -> lake.output(config).deliver(brokenDF, TinyLake.SECOND, TinyLake.FREE))
                .isInstanceOf(Exception.class);

        assertThat(lake.ids()).containsExactly("a", "b");
        assertThat(lake.beside()).containsExactly("lake");
    }

    @Test
    void whoeverReadsWhileTheWholeIsReplacedSeesTheOldOrTheNewAndNeverBoth() {
        OutputConfig config = lake.config("parquet", OutputConfig.Mode.REPLACE, List.of(), 2);
        lake.output(config).deliver(lake.rows("a", "b", "c", "d", "e"), TinyLake.FIRST, TinyLake.FREE);
        List<List<String>> seen = new ArrayList<>();

        lake.output(config, step -> seen.add(Files.exists(lake.path()) ? lake.ids() : List.of()))
                .deliver(lake.rows("v", "w", "x"), TinyLake.SECOND, TinyLake.FREE);

        assertThat(seen)
                .containsExactly(
                        List.of("a", "b", "c", "d", "e"),
                        List.of("a", "b", "c", "d", "e"),
                        List.of(),
                        List.of("v", "w", "x"));
    }

    private boolean isEnded(OutputConfig config, DeliveryStep step, Dataset<Row> rowsDF, String run) {
        try {
            lake.output(config, at -> {
                        if (at == step) {
                            throw new IllegalStateException("ended");
                        }
                    })
                    .deliver(rowsDF, run, TinyLake.FREE);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static Path onlyFolder(Path parent) throws IOException {
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.reduce((one, other) -> other).orElseThrow();
        }
    }
}
