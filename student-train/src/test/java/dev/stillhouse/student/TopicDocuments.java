package dev.stillhouse.student;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Made documents of three topics that a word tells apart, with probabilities of a teacher who is right, and trainers of small students. */
final class TopicDocuments {
    static final List<String> LABELS = List.of("animal", "food", "place");
    private static final String[][] TOPIC_WORDS = {
        {"cat", "dog", "horse", "wolf", "otter"},
        {"bread", "soup", "cheese", "apple", "pasta"},
        {"city", "river", "village", "harbour", "valley"}
    };
    private static final String[] FILLERS = {"a", "kind", "of", "that", "is", "very", "old", "small", "near", "with"};
    /** The columns of rows to learn from. */
    static final StructType SCHEMA = new StructType()
            .add(Curated.SOURCE, DataTypes.StringType)
            .add(Curated.ID, DataTypes.StringType)
            .add(Curated.TEXT, DataTypes.StringType)
            .add(Curated.TEXT_HASH, DataTypes.StringType)
            .add(Curated.LABEL, DataTypes.StringType)
            .add(SoftLabels.GOLD, DataTypes.BooleanType)
            .add(SoftLabels.REPRESENTATIVE, DataTypes.BooleanType)
            .add(SoftLabels.PROBABILITIES, DataTypes.createArrayType(DataTypes.FloatType));

    private TopicDocuments() {}

    static StudentTrainer trainer(StudentConfig.Characters characters) {
        return new StudentTrainer(
                config(characters),
                Goal.oneOf(LABELS),
                4,
                Optional.of(new LetterVectors("unseen", "not folded", "Upper")));
    }

    static StudentTrainer coached(Distillation distillation, int learningCurve) {
        StudentConfig config = config(StudentConfig.Characters.OFF, distillation, learningCurve);
        return new StudentTrainer(
                config, Goal.oneOf(LABELS), 4, Optional.of(new LetterVectors("unseen", "not folded", "Upper")));
    }

    static StudentConfig config(StudentConfig.Characters characters) {
        return config(characters, Distillation.DIRECT, 0);
    }

    static StudentConfig config(StudentConfig.Characters characters, Distillation distillation, int learningCurve) {
        return new StudentConfig(
                Kind.AUTO,
                Optional.empty(),
                StudentConfig.Labels.SOFT_AND_GOLD,
                StudentConfig.Targets.none(),
                2,
                characters,
                2,
                10_000,
                16,
                1_000,
                8,
                Optional.of(0.7),
                distillation,
                StudentConfig.Calibration.TEMPERATURE,
                learningCurve,
                Map.of());
    }

    /** The words that have vectors in an encoder of these documents. */
    static List<String> words() {
        return Stream.concat(Arrays.stream(TOPIC_WORDS).flatMap(Arrays::stream), Arrays.stream(FILLERS))
                .toList();
    }

    static Dataset<Row> learning(int documents) {
        return SharedSpark.session().createDataFrame(rows(documents, 7), SCHEMA);
    }

    /** Every third row gold; the others have a word that no gold row has. */
    static List<Row> rows(int documents, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Row> rows = new ArrayList<>();
        for (int document = 0; document < documents; document++) {
            int topic = random.nextInt(LABELS.size());
            boolean gold = document % 3 == 0;
            StringBuilder text = new StringBuilder(gold ? "" : "poolonly ");
            for (int word = 0; word < 8; word++) {
                boolean filler = word % 3 != 0;
                String[] words = filler ? FILLERS : TOPIC_WORDS[topic];
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            List<Float> probabilities = new ArrayList<>();
            for (int label = 0; label < LABELS.size(); label++) {
                probabilities.add(label == topic ? 0.8f : 0.1f);
            }
            String content = text.toString().trim();
            rows.add(RowFactory.create(
                    "made",
                    Integer.toString(document),
                    content,
                    TextNormalizer.md5(content + document),
                    gold ? LABELS.get(topic) : null,
                    gold,
                    true,
                    probabilities));
        }
        return rows;
    }
}
