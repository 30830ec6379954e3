package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a process of its own, ended from outside between manifest and pointer. */
class KillIT {
    @TempDir
    Path folder;

    @Test
    void aKilledRunLeavesTheLastGoodOneServedAndTheNextRunFinishesAtOnce() throws Exception {
        Path task = TinyCorpus.write(folder, 1);
        assertThat(CommandLineRun.of("curate", task.toString()).exit()).isZero();
        String served = Files.readString(folder.resolve("work/curate/CURRENT"));

        Path marker = folder.resolve("halted");
        Process process = start(task, marker);
        try {
            Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> Files.exists(marker) || !process.isAlive());
            assertThat(process.isAlive())
                    .as("the run must stand still at the marker; see %s", folder.resolve("log"))
                    .isTrue();
            CommandLineRun turnedAway = CommandLineRun.of("curate", task.toString(), "--force");
            assertThat(turnedAway.exit()).isEqualTo(1);
            assertThat(turnedAway.err()).contains("held by").contains("process " + process.pid());
        } finally {
            process.destroyForcibly().waitFor();
        }

        assertThat(folder.resolve("work/curate/CURRENT")).hasContent(served.trim());
        CommandLineRun next = CommandLineRun.of("curate", task.toString(), "--force");
        assertThat(next.exit()).as(next.err()).isZero();
        assertThat(Files.readString(folder.resolve("work/curate/CURRENT"))).isNotEqualTo(served);
        assertThat(CommandLineRun.of("runs", task.toString()).out().lines().filter(line -> line.contains(" current ")))
                .hasSize(1);
    }

    @Test
    void aRunThatIsStoppedSaysSo() throws Exception {
        Path task = TinyCorpus.write(folder, 1);
        Path marker = folder.resolve("halted");
        Process process = start(task, marker);
        try {
            Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> Files.exists(marker) || !process.isAlive());
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }

        assertThat(folder.resolve("work/status.json"))
                .content()
                .contains("\"stage\":\"curate\",\"exit\":1", "stopped by a signal");
    }

    private Process start(Path task, Path marker) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.add("-Dspark.stillhouse.test.haltAt=curate:MANIFEST_WRITTEN");
        command.add("-Dspark.stillhouse.test.haltMarker=" + marker);
        command.add("-Dspark.master=local[1]");
        command.addAll(
                List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(Main.class.getName(), "curate", task.toString(), "--force"));
        File log = folder.resolve("log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }
}
