package dev.stillhouse.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.reports.record.StageJson;
import dev.stillhouse.reports.record.StageRecord;
import dev.stillhouse.reports.record.TrainFigures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageJsonTest {
    @Test
    void curateComesBackAsItWasWritten() throws IOException {
        comesBack(Fixtures.complete().curate().orElseThrow(), CurateFigures.class);
    }

    @Test
    void labelComesBackAsItWasWritten() throws IOException {
        comesBack(Fixtures.complete().label().orElseThrow(), LabelFigures.class);
    }

    @Test
    void trainComesBackAsItWasWritten() throws IOException {
        comesBack(Fixtures.complete().train().orElseThrow(), TrainFigures.class);
    }

    @Test
    void scoreComesBackAsItWasWritten() throws IOException {
        comesBack(Fixtures.complete().score().orElseThrow(), ScoreFigures.class);
    }

    @Test
    void scoresOfARunThatDoesNotNameItsEngineAreTheKernels() throws IOException {
        String json = new String(StageJson.write(Fixtures.complete().score().orElseThrow()), StandardCharsets.UTF_8);
        String older = json.replaceFirst("\\s*\"engine\" : \"kernel\",", "");
        assertThat(older).isNotEqualTo(json);

        ScoreFigures read = StageJson.read(older.getBytes(StandardCharsets.UTF_8), ScoreFigures.class)
                .figures();

        assertThat(read.engine()).isEqualTo("kernel");
    }

    @Test
    void hostileTextComesBackAsItWasWritten() throws IOException {
        comesBack(Fixtures.hostile().train().orElseThrow(), TrainFigures.class);
    }

    @Test
    void countsKeepTheirOrder() throws IOException {
        StageRecord<CurateFigures> stage = Fixtures.complete().curate().orElseThrow();
        CurateFigures read =
                StageJson.read(StageJson.write(stage), CurateFigures.class).figures();
        assertThat(new ArrayList<>(read.removedByReason().keySet()))
                .isEqualTo(new ArrayList<>(stage.figures().removedByReason().keySet()));
    }

    @Test
    void namesAreInSnakeCase() {
        String json = new String(StageJson.write(Fixtures.complete().train().orElseThrow()), StandardCharsets.UTF_8);
        assertThat(json)
                .contains("\"student_fp32\"", "\"f1_weighted\"", "\"ece_floor\"")
                .doesNotContain("\"calibrated\"");
    }

    @Test
    void anotherFileIsNoRecord() {
        for (String other : List.of("{\"stage\": \"train\", \"wheels\": 4}", "{}", "null", "", "no JSON")) {
            assertThatThrownBy(() -> StageJson.read(other.getBytes(StandardCharsets.UTF_8), TrainFigures.class))
                    .as(other)
                    .isInstanceOf(IOException.class);
        }
    }

    private static <T> void comesBack(StageRecord<T> stage, Class<T> figures) throws IOException {
        StageRecord<T> read = StageJson.read(StageJson.write(stage), figures);
        assertThat(read.figures()).isEqualTo(stage.figures());
        assertThat(read).isEqualTo(stage);
    }
}
