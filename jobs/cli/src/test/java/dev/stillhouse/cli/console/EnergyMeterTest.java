package dev.stillhouse.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergyMeterTest {
    @TempDir
    Path folder;

    @Test
    void sumsThePackagesAndNotTheirParts() throws IOException {
        counter("intel-rapl:0", 5_000_000);
        counter("intel-rapl:1", 7_000_000);
        counter("intel-rapl:0:0", 0);
        EnergyMeter meter = new EnergyMeter(folder);
        counter("intel-rapl:0", 8_000_000);
        counter("intel-rapl:1", 7_500_000);
        counter("intel-rapl:0:0", 1_000_000);
        assertThat(meter.joules()).contains(3.5);
    }

    @Test
    void aCounterThatBeganAgainGoesOn() throws IOException {
        counter("intel-rapl:0", 99_000_000);
        EnergyMeter meter = new EnergyMeter(folder);
        counter("intel-rapl:0", 4_000_000);
        assertThat(meter.joules()).contains(5.0);
        counter("intel-rapl:0", 6_000_000);
        assertThat(meter.joules()).contains(7.0);
    }

    @Test
    void withoutCountersThereIsNothingToTell() throws IOException {
        assertThat(new EnergyMeter(folder.resolve("absent")).joules()).isEmpty();
        assertThat(new EnergyMeter(folder).joules()).isEmpty();
        counter("intel-rapl:0", 1);
        EnergyMeter meter = new EnergyMeter(folder);
        Files.writeString(folder.resolve("intel-rapl:0/energy_uj"), "no number");
        assertThat(meter.joules()).isEmpty();
    }

    private void counter(String name, long microjoules) throws IOException {
        Path counters = Files.createDirectories(folder.resolve(name));
        Files.writeString(counters.resolve("energy_uj"), microjoules + "\n");
        Files.writeString(counters.resolve("max_energy_range_uj"), "100000000\n");
    }
}
