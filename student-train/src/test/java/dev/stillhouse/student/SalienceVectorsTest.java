package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.student.export.SalienceWriter;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SalienceExplainer;
import dev.stillhouse.udfs.summary.SalienceModel;
import dev.stillhouse.udfs.summary.SalienceReader;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import dev.stillhouse.udfs.summary.SummaryKernel;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.ArraySeq;

/** Each document is about one of four groups of words, and sentences about another say nothing: no word tells that, and no word is often enough in a document to tell it either. */
class SalienceVectorsTest {
    private static final Budget TWO = new Budget(Budget.Unit.SENTENCES, 2);
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final int DOCUMENTS = 160;

    @Test
    void vectorsTellWhatADocumentIsAbout() {
        SalienceTrainer.Result with = train(Optional.of(new GroupVectors(List.of())), 1);
        SalienceTrainer.Result without = train(Optional.empty(), 1);

        assertThat(with.loss()).isLessThan(0.5 * without.loss());
        assertThat(with.model().parameters()).isGreaterThan(without.model().parameters());
    }

    @Test
    void anyPartitioningGivesTheSameStudent() {
        Optional<VectorSource> source = Optional.of(new GroupVectors(List.of("unseen")));
        assertThat(SalienceWriter.write(train(source, 16).model()))
                .isEqualTo(SalienceWriter.write(train(source, 1).model()));
    }

    @Test
    void aWrittenStudentIsReadBackTheSame() {
        SalienceModel model = train(Optional.of(new GroupVectors(List.of())), 2).model();
        SalienceModel read = SalienceReader.read(SalienceWriter.write(model), "student.onnx");

        String text = document(new Random(5), 2, 9).text();
        Sentences sentences = new SentenceSplitter().split(text);
        assertThat(new SummaryKernel(read).salience(text, sentences))
                .containsExactly(new SummaryKernel(model).salience(text, sentences));
    }

    @Test
    void reasonsAddUpToTheSalience() {
        SalienceModel model = train(Optional.of(new GroupVectors(List.of())), 2).model();
        String text = document(new Random(6), 1, 7).text();
        Sentences sentences = new SentenceSplitter().split(text);
        float[] salience = new SummaryKernel(model).salience(text, sentences);

        List<List<SalienceExplainer.Reason>> reasons =
                new SalienceExplainer(model).explain(text, sentences, Integer.MAX_VALUE);

        for (int i = 0; i < salience.length; i++) {
            double logit = model.cues().bias()[0] / model.temperature();
            for (SalienceExplainer.Reason reason : reasons.get(i)) {
                logit += reason.added();
            }
            assertThat(1 / (1 + Math.exp(-logit))).isCloseTo(salience[i], Offset.offset(1e-5));
            assertThat(reasons.get(i)).anyMatch(reason -> reason.name().equals("vector of its words"));
        }
    }

    private static SalienceTrainer.Result train(Optional<VectorSource> source, int partitions) {
        return new SalienceTrainer(TopicDocuments.config(StudentConfig.Characters.OFF), new SalienceChoice(TWO), source)
                .train(documents(partitions));
    }

    private static Dataset<Row> documents(int partitions) {
        Random random = new Random(42);
        List<Row> rows = new ArrayList<>();
        for (int d = 0; d < DOCUMENTS; d++) {
            Document document = document(random, d % GroupVectors.GROUPS, 8);
            rows.add(RowFactory.create(
                    "s",
                    "d" + d,
                    document.text(),
                    Integer.toHexString(document.text().hashCode()),
                    ArraySeq.unsafeWrapArray(document.saliences()),
                    ""));
        }
        return SharedSpark.session()
                .createDataFrame(rows, SentenceLabels.LEARNING)
                .repartition(partitions);
    }

    private record Document(String text, Float[] saliences) {}

    private static Document document(Random random, int about, int sentences) {
        StringBuilder text = new StringBuilder();
        Float[] saliences = new Float[sentences];
        for (int i = 0; i < sentences; i++) {
            boolean isAbout = random.nextInt(3) > 0;
            int group = isAbout ? about : (about + 1 + random.nextInt(GroupVectors.GROUPS - 1)) % GroupVectors.GROUPS;
            saliences[i] = isAbout ? 0.99f : 0.01f;
            text.append("The");
            for (int w = 0; w < 6; w++) {
                text.append(' ').append(word(random, group));
            }
            text.append(" indeed. ");
        }
        return new Document(text.toString(), saliences);
    }

    /** A word of two to four letters. */
    private static String word(Random random, int group) {
        String word;
        do {
            StringBuilder letters = new StringBuilder();
            for (int length = 2 + random.nextInt(3); length > 0; length--) {
                letters.append(LETTERS.charAt(random.nextInt(10)));
            }
            word = letters.toString();
        } while (GroupVectors.group(word) != group);
        return word;
    }
}
