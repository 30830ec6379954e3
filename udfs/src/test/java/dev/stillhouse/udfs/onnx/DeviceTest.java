package dev.stillhouse.udfs.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.errors.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda:all", "cuda:0", "cuda:12"})
    void namesOfDevices(String name) {
        assertThat(Device.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "cuda", "cuda:", "cuda:-1", "cuda:1234", "CPU", "cpu "})
    void otherNames(String name) {
        assertThat(Device.isName(name)).isFalse();
    }

    @Test
    void aGpuHasItsNumberAndTheFirstIsTakenWhereSparkKnowsOfNone() {
        assertThat(new Device("cuda:3", 0).index()).isEqualTo(3);
        assertThat(new Device("cuda:all", 0).index()).isZero();
        assertThatThrownBy(Device.CPU::index).hasMessage("Invalid device: cpu (must be a GPU to have a number)");
    }

    @Test
    void sessionsOfTwoDevicesAreTwo() {
        assertThat(new Device("cuda:0", 0).key()).isEqualTo(new Device("cuda:all", 0).key());
        assertThat(new Device("cuda:1", 0).key()).isNotEqualTo(new Device("cuda:0", 0).key());
        assertThat(Device.CPU.key()).isEqualTo("cpu");
    }

    @Test
    void aGpuThatTheBuildDoesNotKnowIsAnErrorWithItsRemedy() {
        Device.CPU.check();
        assertThatThrownBy(() -> new Device("cuda:all", 0).check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "Invalid teacher.device: cuda:all (must be cpu with this build, whose ONNX Runtime knows no GPU). Build with -Pgpu")
                .hasMessageEndingWith("or write device: cpu");
    }
}
