package dev.stillhouse.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadedTaskTest {

    @ParameterizedTest
    @CsvSource({
        "data/*.jsonl, /tasks/data/*.jsonl",
        "../out/x, /out/x",
        "lake/, /tasks/lake",
        "/data/a, /data/a",
        "s3a://lake/a, s3a://lake/a",
        "file:/data/a, file:/data/a",
        "'{a,b}.csv', '/tasks/{a,b}.csv'"
    })
    void relativePathsAreRelativeToTheTaskFile(String path, String resolved) {
        LoadedTask loaded = new LoadedTask(TaskFiles.read(TaskFiles.MINIMAL), Path.of("/tasks"));
        assertThat(loaded.resolve(path)).isEqualTo(resolved);
    }
}
