package dev.stillhouse.udfs.summary;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The kernels of a JVM, one for each student, shared by all its tasks; the few that were used last are kept. Safe for use by several threads. */
public final class SummaryKernels {
    private static final int MOST = 4;

    private static final Map<String, SummaryKernel> KERNELS = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SummaryKernel> eldest) {
            return size() > MOST;
        }
    };

    private SummaryKernels() {}

    /**
     * The kernel of a student, loaded on the first call in this JVM.
     *
     * @param identity of the student
     * @param onnx its file
     * @param name of the student, for messages
     * @throws dev.stillhouse.udfs.errors.DataException if the file is no student that summarises
     */
    public static SummaryKernel of(String identity, Supplier<byte[]> onnx, String name) {
        synchronized (KERNELS) {
            return KERNELS.computeIfAbsent(
                    identity, missing -> new SummaryKernel(SalienceReader.read(onnx.get(), name)));
        }
    }
}
