package dev.stillhouse.udfs.sql;

import dev.stillhouse.udfs.student.StudentCache;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.student.StudentKernel;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;

/** The kernel of a student for functions that Spark calls row by row. */
public final class TaskKernel {
    private TaskKernel() {}

    /**
     * The JVM's kernel of a student, loaded once, whatever the number of its tasks and queries; it is given back when the task ends.
     *
     * @param files of a student that takes text
     * @param identity of the files
     * @param name of the student, for messages
     */
    public static StudentKernel lease(Broadcast<StudentFiles> files, String identity, String name) {
        StudentCache.Lease lease =
                StudentCache.lease(identity, () -> files.value().open(name));
        TaskContext task = TaskContext.get();
        if (task == null) {
            // On the driver; such a student holds nothing but memory, so it may be used after the lease.
            lease.close();
        } else {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> lease.close());
        }
        return (StudentKernel) lease.student();
    }
}
