package dev.stillhouse.cli.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.curation.CurateConfig;
import dev.stillhouse.curation.Curator;
import dev.stillhouse.curation.EvaluationCut;
import dev.stillhouse.curation.Rules;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.udfs.quality.Profile;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class ExampleMeasuresTest {
    private static final CurateConfig CONFIG = new CurateConfig(
            List.of(Profile.DATALAKE),
            CurateConfig.Action.ANNOTATE,
            List.of(),
            List.of(),
            1,
            10_000,
            CurateConfig.Duplicates.DROP,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0.1);

    @Test
    void theSpanThatDecidedIsCutOutOfTheText() {
        String word = "a".repeat(1_200);

        List<CurateFigures.Example> examples = examples(10, "before the word " + word + " and after it");

        CurateFigures.Example example = of(examples, "longest_word");
        assertThat(example.before()).isEqualTo("before the word ");
        assertThat(example.span()).startsWith("aaa").endsWith("a…").hasSize(241);
        assertThat(example.after()).isEqualTo(" and after it");
    }

    private static CurateFigures.Example of(List<CurateFigures.Example> examples, String signal) {
        return examples.stream()
                .filter(example -> example.rule().contains(signal))
                .findFirst()
                .orElseThrow(() -> new AssertionError(signal + " is not in " + examples));
    }

    @Test
    void ofCopiesOneComesBeforeAnySecond() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            texts.add("the same words again");
        }
        texts.add("other words");
        texts.add("other words");

        List<CurateFigures.Example> copies = examples(2, texts.toArray(new String[0])).stream()
                .filter(example -> example.reason().equals("exact_duplicate"))
                .toList();

        assertThat(copies)
                .extracting(CurateFigures.Example::after)
                .containsExactlyInAnyOrder("the same words again", "other words");
        assertThat(copies).allSatisfy(copy -> assertThat(copy.keptId()).isPresent());
    }

    @Test
    void noneWhereNoneAreWanted() {
        assertThat(examples(0, "the same words again", "the same words again")).isEmpty();
    }

    @Test
    void aTextThatWasRewrittenIsShownAsItWasJudged() {
        CurateConfig c4 = Records.with(
                Records.with(CONFIG, "profile", List.of(Profile.C4_2020)), "action", CurateConfig.Action.DROP);

        CurateFigures.Example gone =
                examples(c4, 10, "Home\nOne is here. Two is here.").get(0);

        assertThat(gone.after()).isEqualTo("One is here. Two is here.");
        assertThat(gone.isRewritten()).isTrue();
        assertThat(gone.value()).contains(2.0);
    }

    private static List<CurateFigures.Example> examples(int most, String... texts) {
        return examples(CONFIG, most, texts);
    }

    private static List<CurateFigures.Example> examples(CurateConfig config, int most, String... texts) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            rows.add(RowFactory.create("s", "d" + i, texts[i], null, Map.of(), "f", (long) i));
        }
        Dataset<Row> documents = SharedSpark.session().createDataFrame(rows, Documents.SCHEMA);
        Dataset<Row> none = SharedSpark.session().createDataFrame(List.of(), Documents.SCHEMA);
        try (Curator.Result result = new Curator(config, EvaluationCut.NONE, List.of()).curate(documents, none)) {
            return new ExampleMeasures(Rules.of(config), most).of(result.curated(), result.removed());
        }
    }
}
