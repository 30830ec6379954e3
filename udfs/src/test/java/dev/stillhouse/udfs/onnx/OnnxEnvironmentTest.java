package dev.stillhouse.udfs.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxEnvironmentTest {

    @ParameterizedTest
    @CsvSource({"2, 2, 1", "8, 8, 1", "8, 2, 7", "8, 1, 8", "2, 16, 1", "1, 1, 1"})
    void thePoolHasTheCoresThatTasksLeave(int cores, int slots, int expected) {
        assertThat(OnnxEnvironment.poolSize(cores, slots)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"local; 1", "local[3]; 3", "local[*]; 8", "local[4,2]; 4", "local[*,2]; 8"})
    void aLocalMasterSaysItsCores(String master, int expected) {
        assertThat(OnnxEnvironment.localCores(master, 8)).isEqualTo(expected);
    }
}
