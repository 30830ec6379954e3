package dev.stillhouse.datasets.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.schema.Documents;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    @TempDir
    Path folder;

    @Test
    void nounsOfWordnetAreDefinitionsIn26Topics() {
        SourceRows rows = new Sources(folder).read(Sources.part(SourceConfig.PartOfSpeech.NOUN));
        Dataset<Row> documents = rows.documents().cache();
        assertThat(documents.schema()).isEqualTo(Documents.SCHEMA);
        assertThat(documents.count()).isEqualTo(82_192);
        assertThat(documents.select(Documents.LABEL).distinct().count()).isEqualTo(26);
        assertThat(documents.select(Documents.ID).distinct().count()).isEqualTo(82_192);
        assertThat(rows.rejects().count()).isZero();
        Row entity = documents
                .drop(Documents.ATTRIBUTES)
                .where("id = 'noun.00001740'")
                .first();
        assertThat(entity.mkString("|"))
                .isEqualTo(
                        "wordnet|noun.00001740|that which is perceived or known or inferred to have its own distinct existence (living or nonliving)|noun.Tops|data.noun|1740");
        documents.unpersist();
    }

    @Test
    void allPartsOfWordnetHaveAll45Supersenses() {
        Dataset<Row> documents = new Sources(folder)
                .read(Sources.of(SourceKind.WORDNET, ""))
                .documents()
                .cache();
        assertThat(documents.count()).isEqualTo(117_791);
        assertThat(documents.select(Documents.LABEL).distinct().count()).isEqualTo(45);
        assertThat(documents.select(Documents.ID).distinct().count()).isEqualTo(117_791);
        documents.unpersist();
    }

    @Test
    void wordnetsColumnsServeExpressions() {
        SourceConfig source = Sources.where(
                Sources.part(SourceConfig.PartOfSpeech.VERB),
                "array_contains(lemmas, 'respire') AND part_of_speech = 'verb'");
        assertThat(new Sources(folder).read(source).documents().count())
                .isPositive()
                .isLessThan(20);
    }

    @Test
    void europarlHas17597SpeechesIn21Languages() {
        SourceConfig source = Sources.change(SourceKind.EUROPARL, "", Optional.empty(), Optional.of("language"));
        SourceRows rows = new Sources(folder).read(source);
        Dataset<Row> documents = rows.documents().cache();
        long kept = documents.count();
        assertThat(kept + rows.rejects().count()).isEqualTo(17_597);
        assertThat(documents
                        .select(Documents.LABEL)
                        .where("label IS NOT NULL")
                        .distinct()
                        .count())
                .isEqualTo(21);
        assertThat(documents.where("label IS NULL").count()).isLessThan(20);
        documents.unpersist();
    }

    @Test
    void languagesOfEuroparlAreASelection() {
        List<Row> counts = new Sources(folder)
                .read(Sources.languages(List.of("et", "bg")))
                .documents()
                .groupBy(Documents.SOURCE)
                .count()
                .collectAsList();
        assertThat(counts).hasSize(1);
        assertThat(counts.get(0).getLong(1)).isBetween(300L, 1_500L);
    }
}
