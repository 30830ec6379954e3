package dev.stillhouse.scoring;

import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.LinkedHashMap;
import java.util.Map;

/** The students of a JVM, one for each model, shared by all its tasks; the least recently used beyond a few are let go, not closed, since a task may still be at them. */
final class StudentCache {
    private static final int MOST_STUDENTS = 4;

    private static final Map<String, Student> STUDENTS = new LinkedHashMap<>(MOST_STUDENTS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Student> eldest) {
            return size() > MOST_STUDENTS;
        }
    };

    private StudentCache() {}

    /**
     * The student, loaded on the first call in this JVM.
     *
     * @param identity of the files
     * @param name for messages
     */
    static Student student(String identity, StudentFiles files, String name) {
        synchronized (STUDENTS) {
            return STUDENTS.computeIfAbsent(identity, missing -> files.open(name));
        }
    }
}
