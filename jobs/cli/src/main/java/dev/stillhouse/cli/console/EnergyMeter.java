package dev.stillhouse.cli.console;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the machine's processors take, by their own counters: running average power limit (RAPL), as Linux's powercap shows it, a folder {@code intel-rapl:N} a package with microjoules in {@code energy_uj}, which begins again at {@code max_energy_range_uj}. Whoever else works on the machine is counted too. Empty where there are no
 * such counters, or they are for administrators only. Safe for use by several threads.
 */
final class EnergyMeter {
    /** Where Linux shows the counters. */
    static final Path POWERCAP = Path.of("/sys/class/powercap");

    private final Map<Path, Long> last = new HashMap<>();
    private long microjoules;

    /** A meter of the packages in a folder. */
    EnergyMeter(Path folder) {
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(folder, "intel-rapl:[0-9]*")) {
            for (Path counters : packages) {
                // Parts of a package, such as intel-rapl:0:1, are in it.
                if (counters.getFileName().toString().matches("intel-rapl:\\d+")) {
                    last.put(counters, read(counters, "energy_uj"));
                }
            }
        } catch (IOException | NumberFormatException e) {
            last.clear();
        }
    }

    /** Joules since the meter was made; to be read more often than a counter begins again, which takes minutes at least. */
    synchronized Optional<Double> joules() {
        try {
            for (Map.Entry<Path, Long> counter : last.entrySet()) {
                long now = read(counter.getKey(), "energy_uj");
                long passed = now - counter.getValue();
                microjoules += passed >= 0 ? passed : passed + read(counter.getKey(), "max_energy_range_uj");
                counter.setValue(now);
            }
        } catch (IOException | NumberFormatException e) {
            last.clear();
        }
        return last.isEmpty() ? Optional.empty() : Optional.of(microjoules / 1e6);
    }

    private static long read(Path counters, String name) throws IOException {
        return Long.parseLong(Files.readString(counters.resolve(name)).trim());
    }
}
