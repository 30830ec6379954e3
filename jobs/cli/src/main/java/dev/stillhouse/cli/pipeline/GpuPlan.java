package dev.stillhouse.cli.pipeline;

import dev.stillhouse.udfs.errors.ConfigurationException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What RAPIDS would run of a plan on a GPU, told by its own ExplainPlan, which needs neither a GPU nor the plug-in to be on.
 *
 * @param lines what it says of every operator and expression: {@code *} it runs on the GPU, {@code !} it cannot, {@code @} it could but will not, {@code #} it is planned otherwise with what is around it
 */
public record GpuPlan(List<String> lines) {
    private static final String EXPLAIN_PLAN = "com.nvidia.spark.rapids.ExplainPlan";

    public GpuPlan {
        lines = List.copyOf(lines);
    }

    /**
     * Asks RAPIDS.
     *
     * @throws ConfigurationException if its jar is not there
     */
    public static GpuPlan of(Dataset<Row> rows) {
        try {
            Object said = Class.forName(
                            EXPLAIN_PLAN, true, Thread.currentThread().getContextClassLoader())
                    .getMethod("explainPotentialGpuPlan", Dataset.class, String.class)
                    .invoke(null, rows, "ALL");
            return new GpuPlan(
                    said.toString().lines().filter(line -> !line.isBlank()).toList());
        } catch (ClassNotFoundException e) {
            throw new ConfigurationException(
                    "Cannot tell what runs on a GPU: RAPIDS is not there. Fetch it by ./stillhouse build -Pgpu-plan (1 GB), or give it by --jars rapids-4-spark_2.13-26.08.1.jar",
                    e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    "Cannot tell what runs on a GPU: RAPIDS says "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new ConfigurationException(
                    "Cannot tell what runs on a GPU: this RAPIDS has another ExplainPlan (must be 26.08.1)", e);
        }
    }

    /** The lines about what would not run on the GPU. */
    public List<String> left() {
        return lines.stream()
                .filter(line -> line.strip().startsWith("!") || line.strip().startsWith("@"))
                .toList();
    }

    /** How many operators would run on the GPU. */
    public long operators() {
        return lines.stream().filter(line -> line.strip().startsWith("*Exec")).count();
    }
}
