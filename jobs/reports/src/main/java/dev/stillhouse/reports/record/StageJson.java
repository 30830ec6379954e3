package dev.stillhouse.reports.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The JSON of stage records: snake_case names, indented, absent values as null. Safe for use by several threads. */
public final class StageJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS) // what is derived is not part of a record
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private StageJson() {}

    /** A record as the bytes of {@code stage.json}. */
    public static byte[] write(StageRecord<?> record) {
        try {
            return (MAPPER.writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the record of stage " + record.stage() + " as JSON", e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param figures type of the stage's own figures
     * @throws IOException if it is something else
     */
    public static <T> StageRecord<T> read(byte[] content, Class<T> figures) throws IOException {
        JavaType type = MAPPER.getTypeFactory().constructParametricType(StageRecord.class, figures);
        StageRecord<T> record = MAPPER.readValue(content, type);
        if (record == null || record.figures() == null || record.stage() == null || record.refusal() == null) {
            throw new IOException("It has no stage, refusal or figures");
        }
        return record;
    }
}
