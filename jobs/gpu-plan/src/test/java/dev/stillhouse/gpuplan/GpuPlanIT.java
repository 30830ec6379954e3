package dev.stillhouse.gpuplan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.curation.CurationPlans;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.deploy.SparkSubmit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is said to run on GPUs does, by RAPIDS' own account. RAPIDS loads through SparkSubmit alone, and slowly, so one process plans all cases. */
class GpuPlanIT {
    @TempDir
    Path folder;

    @Test
    void noOperatorOfScoringExactDuplicatesRulesOrSignaturesLeavesTheGpu() throws Exception {
        Map<String, List<String>> left = new TreeMap<>();
        for (String line : submit()) {
            String[] parts = line.split("\t", 3);
            if (parts[0].equals(GpuPlanCases.PLANNED)) {
                left.put(parts[1], new ArrayList<>());
                assertThat(Integer.parseInt(parts[2]))
                        .as("operators of " + parts[1])
                        .isPositive();
            } else if (parts[0].equals(GpuPlanCases.LEFT)) {
                left.get(parts[1]).add(parts[2]);
            }
        }

        assertThat(left.keySet()).containsExactlyInAnyOrderElementsOf(GpuPlanCases.names());
        assertThat(left).allSatisfy((name, lines) -> {
            if (name.equals(GpuPlanCases.CONTROL)) {
                assertThat(lines).as("a function in Java, which no GPU runs").isNotEmpty();
            } else if (name.equals(CurationPlans.DUPLICATES)) {
                assertThat(lines)
                        .as("the scan of a table that executors keep, and its columns")
                        .allMatch(line -> line.startsWith("! <RDDScanExec>")
                                || line.matches("@Expression <AttributeReference> (copies_of|survivor)#.*"));
            } else {
                assertThat(lines).as(name).isEmpty();
            }
        });
    }

    private List<String> submit() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx3g", "-cp", classPath(), SparkSubmit.class.getName()));
        command.addAll(List.of("--master", "local[2]", "--jars", System.getProperty("stillhouse.rapids")));
        for (String setting : List.of(
                "spark.rapids.sql.expression.cpuBridge.enabled=false",
                "spark.ui.enabled=false",
                "spark.sql.session.timeZone=UTC",
                "spark.driver.host=127.0.0.1",
                "spark.sql.ansi.enabled=false")) {
            command.addAll(List.of("--conf", setting));
        }
        command.addAll(List.of("--class", GpuPlanCases.class.getName(), "spark-internal", folder.toString()));
        Path out = folder.resolve("out");
        Path log = folder.resolve("log");
        int exit = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(log.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(log)).isZero();
        return Files.readAllLines(out);
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
