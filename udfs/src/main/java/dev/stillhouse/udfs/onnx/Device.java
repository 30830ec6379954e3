package dev.stillhouse.udfs.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * Where a model is run. A GPU that is asked for and absent is an error, never a silent run on the CPU. Serialisable.
 *
 * @param name {@code cpu}, {@code cuda:all} or {@code cuda:N}
 * @param memoryBytes what the runtime may take of a GPU's memory; 0 for all that is free
 */
public record Device(String name, long memoryBytes) implements Serializable {
    /** The processor. */
    public static final Device CPU = new Device("cpu", 0);

    /** What a device must be, to follow "must be". */
    public static final String RULE = "cpu, cuda:all, or cuda:N with N from 0";

    private static final Pattern NAME = Pattern.compile("cpu|cuda:(all|\\d{1,3})");
    private static final String REMEDY =
            ". Build with -Pgpu, install CUDA 12 and cuDNN 9 where tasks run, and see docs/gpu.md; or write device: cpu";

    /** Whether there is such a device's name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether it is the processor. */
    public boolean isCpu() {
        return name.equals(CPU.name());
    }

    /** Number of the GPU: the one that is named; for {@code cuda:all} the one that Spark gives the task, or the first where Spark knows of none. */
    int index() {
        Matcher cuda = NAME.matcher(name);
        if (!cuda.matches() || isCpu()) {
            throw new IllegalStateException("Invalid device: " + name + " (must be a GPU to have a number)");
        }
        if (!cuda.group(1).equals("all")) {
            return Integer.parseInt(cuda.group(1));
        }
        TaskContext task = TaskContext.get();
        ResourceInformation gpus = task == null ? null : task.resourcesJMap().get("gpu");
        return gpus == null || gpus.addresses().length == 0 ? 0 : Integer.parseInt(gpus.addresses()[0]);
    }

    /** What sessions are shared by. */
    String key() {
        return isCpu() ? name : "cuda:" + index() + "/" + memoryBytes;
    }

    /**
     * Refuses a device that this build cannot run on, which is known without one.
     *
     * @throws ConfigurationException if it knows no GPUs
     */
    public void check() {
        if (!isCpu() && !OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new ConfigurationException("Invalid teacher.device: " + name
                    + " (must be cpu with this build, whose ONNX Runtime knows no GPU)" + REMEDY);
        }
    }

    /**
     * Tells a session to run here.
     *
     * @throws ConfigurationException if it cannot
     */
    void choose(SessionOptions options) {
        check();
        if (isCpu()) {
            return;
        }
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(index())) {
            // Its ten bits of mantissa would make other vectors than the processor's.
            cuda.add("use_tf32", "0");
            if (memoryBytes > 0) {
                cuda.add("gpu_mem_limit", Long.toString(memoryBytes));
                cuda.add("arena_extend_strategy", "kSameAsRequested");
            }
            options.addCUDA(cuda);
        } catch (OrtException e) {
            throw new ConfigurationException("Invalid teacher.device: " + name + " (must be a GPU that is there: "
                    + e.getMessage() + ")" + REMEDY);
        }
    }
}
