package dev.stillhouse.scoring;

import dev.stillhouse.udfs.student.StudentCache;
import dev.stillhouse.udfs.student.StudentFiles;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * A student on its way to executors, to be run by ONNX Runtime there. Serialisable.
 *
 * @param files its files, which an executor gets once
 * @param identity of the files
 * @param model run id of the model
 */
record ShippedStudent(Broadcast<StudentFiles> files, String identity, String model) implements Serializable {
    /** The JVM's student, to be closed by the task that takes it. */
    StudentCache.Lease lease() {
        return StudentCache.lease(identity + "/onnx", () -> files.value().openInOnnxRuntime(model));
    }
}
