package dev.stillhouse.scoring.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillhouse.datasets.config.InvalidRecordException;
import dev.stillhouse.datasets.config.Violation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputConfigTest {
    private static final Optional<String> NONE = Optional.empty();

    @Test
    void anOutputHasAPathOrIfItIsATableAName() {
        assertThat(wrong(OutputConfig.Format.PARQUET, NONE, NONE)).containsExactly("path");
        assertThat(wrong(OutputConfig.Format.DELTA, Optional.of("p"), Optional.of("t")))
                .containsExactly("table");
        assertThat(wrong(OutputConfig.Format.JSONL, NONE, Optional.of("t"))).containsExactly("table");
        assertThat(wrong(OutputConfig.Format.ICEBERG, NONE, Optional.of("a..b")))
                .containsExactly("table");
        assertThat(wrong(OutputConfig.Format.ICEBERG, NONE, Optional.of("lake.db.scores")))
                .isEmpty();
        assertThat(wrong(OutputConfig.Format.PARQUET, Optional.of(" "), NONE)).containsExactly("path");
    }

    @Test
    void columnsAreNamedOnceAndFilesHaveRows() {
        InvalidRecordException refused = catchThrowableOfType(
                InvalidRecordException.class,
                () -> new OutputConfig(
                        OutputConfig.Format.PARQUET,
                        Optional.of("p"),
                        NONE,
                        OutputConfig.Mode.APPEND,
                        List.of("label", "Label"),
                        0));
        assertThat(refused.violations())
                .extracting(Violation::key)
                .containsExactlyInAnyOrder("rows_per_file", "partition_by[1]");
    }

    private static List<String> wrong(OutputConfig.Format format, Optional<String> path, Optional<String> table) {
        InvalidRecordException refused = catchThrowableOfType(
                InvalidRecordException.class,
                () -> new OutputConfig(format, path, table, OutputConfig.Mode.REPLACE, List.of(), 1));
        return refused == null
                ? List.of()
                : refused.violations().stream().map(Violation::key).toList();
    }
}
