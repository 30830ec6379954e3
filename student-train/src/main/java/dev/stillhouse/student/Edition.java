package dev.stillhouse.student;

import dev.stillhouse.student.export.OnnxStudentWriter;
import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.Map;

/** A trained student in one numeric form, which can be shipped and run. */
public interface Edition {

    /**
     * The files that have to be shipped to score with it.
     *
     * @param provenance where it comes from
     */
    StudentFiles files(Map<String, String> provenance);

    /** The size of the files without provenance. */
    default long bytes() {
        return files(Map.of()).bytes();
    }

    /** The student, loaded; to be closed. */
    default Student open() {
        return files(Map.of()).open("in training");
    }

    /**
     * A student of n-grams and vectors.
     *
     * @param model what it is
     */
    record Ngrams(StudentModel model) implements Edition {
        @Override
        public StudentFiles files(Map<String, String> provenance) {
            return StudentFiles.ofText(OnnxStudentWriter.write(model.withMetadata(provenance)));
        }

        @Override
        public long bytes() {
            return OnnxStudentWriter.bytes(model);
        }

        /** Without a file: of many labels there is no memory for one beside the students that are judged. */
        @Override
        public Student open() {
            return new StudentKernel(model);
        }
    }
}
