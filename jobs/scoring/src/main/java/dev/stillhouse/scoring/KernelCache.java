package dev.stillhouse.scoring;

import dev.stillhouse.udfs.Sha256;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentReader;
import java.util.LinkedHashMap;
import java.util.Map;

/** The kernels of a JVM, one for each model, shared by all its tasks; the least recently used beyond a few are let go. */
final class KernelCache {
    private static final int MOST_KERNELS = 4;

    private static final Map<String, StudentKernel> KERNELS = new LinkedHashMap<>(MOST_KERNELS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StudentKernel> eldest) {
            return size() > MOST_KERNELS;
        }
    };

    private KernelCache() {}

    /** The kernel of a student file, made on the first call in this JVM. */
    static StudentKernel kernel(byte[] student, String name) {
        String identity = Sha256.hex(student);
        synchronized (KERNELS) {
            return KERNELS.computeIfAbsent(identity, missing -> new StudentKernel(StudentReader.read(student, name)));
        }
    }
}
