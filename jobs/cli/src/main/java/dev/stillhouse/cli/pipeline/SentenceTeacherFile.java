package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.sentences.SentenceTeacher;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;

/**
 * The teacher that labelled sentences, as it is kept beside its labels.
 *
 * @param kind its kind in task files
 * @param name its kind and model
 * @param identity as in {@code sentence_labels}
 */
record SentenceTeacherFile(String kind, String name, String identity) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static SentenceTeacherFile of(TeacherConfig config, SentenceTeacher teacher) {
        return new SentenceTeacherFile(config.kind().key(), teacher.name(), teacher.identity());
    }

    byte[] write() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a teacher as JSON", e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws DataException if it is something else
     */
    static SentenceTeacherFile read(byte[] content) {
        try {
            return JSON.readValue(content, SentenceTeacherFile.class);
        } catch (IOException e) {
            throw new DataException(
                    "Cannot read the teacher of sentences: " + e.getMessage() + "; run ./stillhouse label again", e);
        }
    }
}
