package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.lit;

import dev.stillhouse.curation.spans.RepeatedSpans;
import dev.stillhouse.curation.spans.SpanCutter;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Rewritten;
import dev.stillhouse.datasets.schema.SignalColumns;
import dev.stillhouse.udfs.quality.C4Lines;
import dev.stillhouse.udfs.quality.Profile;
import dev.stillhouse.udfs.quality.QualityKernel;
import dev.stillhouse.udfs.quality.Rule;
import dev.stillhouse.udfs.quality.Signal;
import dev.stillhouse.udfs.quality.SignalGroup;
import dev.stillhouse.udfs.quality.Signals;
import dev.stillhouse.udfs.text.TextNormalizer;
import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Documents with what is measured of each: content hash, signals, the profiles' rules that it fails; and with the text that C4's rules leave, where that profile drops. One pass over each text's bytes. Serialisable, without state.
 */
final class Measured implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    /** The text as it was read, where it was rewritten; else null. */
    static final String READ_TEXT = SpanCutter.READ_TEXT;

    /** The hash of the text as it was read. */
    static final String READ_HASH = "read_hash";

    /** Code points of the normalised text as it was read. */
    static final String NORMALIZED_CHARS = "normalized_chars";

    /** Whether the text is always kept for what it says as it was read, and so is not rewritten. */
    static final String PROTECTED = SpanCutter.PROTECTED;

    /** Words without repeated spans, before C4's rules; null where the text is too long to be looked at. */
    static final String WORDS_LEFT = "words_left";

    static final StructType SCHEMA = SignalColumns.append(new StructType()
            .add(Documents.SOURCE, DataTypes.StringType, false)
            .add(Documents.ID, DataTypes.StringType, false)
            .add(Documents.TEXT, DataTypes.StringType, false)
            .add(Documents.LABEL, DataTypes.StringType, true)
            .add(Documents.ATTRIBUTES, DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true), false)
            .add(Curated.TEXT_HASH, DataTypes.StringType, false)
            .add(READ_HASH, DataTypes.StringType, false)
            .add(READ_TEXT, DataTypes.StringType, true)
            .add(Rewritten.CUTS, Rewritten.CUTS_TYPE, true)
            .add(PROTECTED, DataTypes.BooleanType, false)
            .add(NORMALIZED_CHARS, DataTypes.IntegerType, false)
            .add(WORDS_LEFT, DataTypes.IntegerType, true)
            .add(Curated.FAILED_RULES, DataTypes.createArrayType(DataTypes.StringType, false), false));

    private static final int OWN_COLUMNS = SCHEMA.size() - Signal.values().length;

    private final List<Profile> profiles;
    private final boolean rewrites;
    private final int maxCharacters;

    private Measured(CurateConfig config, boolean rewrites) {
        this.profiles = config.profile();
        this.rewrites = rewrites;
        this.maxCharacters = config.maxCharacters();
    }

    /**
     * Documents of the corpus, measured, and rewritten where repeated spans are cut or a profile that drops does so.
     *
     * @param documents shape of {@link Documents}, with {@link SpanCutter#PROTECTED} and {@link SpanCutter#PASSES}
     */
    static Dataset<Row> of(Dataset<Row> documents, CurateConfig config) {
        Dataset<Row> cut = config.repeatedSpans()
                .map(spans -> new RepeatedSpans(spans).cut(documents))
                .orElseGet(() -> uncut(documents));
        return measured(cut, new Measured(config, c4Rewrites(config)));
    }

    /** Whether a text may be published otherwise than it was read. */
    static boolean rewrites(CurateConfig config) {
        return c4Rewrites(config) || config.repeatedSpans().isPresent();
    }

    /** Whether C4's rules for lines rewrite texts. */
    static boolean c4Rewrites(CurateConfig config) {
        return config.drops() && config.profile().stream().anyMatch(Profile::rewrites);
    }

    /** Documents measured as they were read. */
    static Dataset<Row> asTheyAre(Dataset<Row> documents, CurateConfig config) {
        return measured(uncut(documents.withColumn(PROTECTED, lit(false))), new Measured(config, false));
    }

    private static Dataset<Row> uncut(Dataset<Row> documents) {
        return documents
                .withColumn(READ_TEXT, lit(null).cast(DataTypes.StringType))
                .withColumn(Rewritten.CUTS, lit(null).cast(Rewritten.CUTS_TYPE));
    }

    private static Dataset<Row> measured(Dataset<Row> documents, Measured function) {
        return documents
                .select(
                        Documents.SOURCE,
                        Documents.ID,
                        Documents.TEXT,
                        Documents.LABEL,
                        Documents.ATTRIBUTES,
                        READ_TEXT,
                        Rewritten.CUTS,
                        PROTECTED)
                .mapPartitions(function, Encoders.row(SCHEMA));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> documents) {
        Kernels kernels = new Kernels(profiles);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return documents.hasNext();
            }

            @Override
            public Row next() {
                return measure(documents.next(), kernels);
            }
        };
    }

    private Row measure(Row document, Kernels kernels) {
        String given = document.getString(2);
        String read = document.isNullAt(5) ? given : document.getString(5);
        Content asRead = Content.of(read);
        boolean tooLong = asRead.chars > maxCharacters;
        boolean isProtected = document.getBoolean(7);
        String left = tooLong ? given : kernels.measure(given, rewrites && !isProtected);
        Content content = left.equals(read) ? asRead : Content.of(left);
        // What lost white space alone is published as it was read.
        String text = content.hash.equals(asRead.hash) ? read : left;
        Object[] values = new Object[SCHEMA.size()];
        values[0] = document.getString(0);
        values[1] = document.getString(1);
        values[2] = text;
        values[3] = document.getString(3);
        values[4] = document.getMap(4);
        values[5] = content.hash;
        values[6] = asRead.hash;
        values[7] = text.equals(read) ? null : read;
        values[8] = document.get(6);
        values[9] = isProtected;
        values[10] = asRead.chars;
        values[11] = tooLong ? null : kernels.wordsLeft;
        values[12] = tooLong ? new String[0] : kernels.failed();
        Signal[] signals = Signal.values();
        for (int i = 0; i < signals.length; i++) {
            values[OWN_COLUMNS + i] = tooLong ? null : SignalColumns.value(kernels.signals, signals[i]);
        }
        if (tooLong) {
            values[SCHEMA.fieldIndex(Curated.CHARS)] = (long) text.codePointCount(0, text.length());
            values[SCHEMA.fieldIndex(Curated.BYTES)] = (long) text.getBytes(StandardCharsets.UTF_8).length;
        }
        return RowFactory.create(values);
    }

    /** Hash and code points of a text's normalised copy. */
    private record Content(String hash, int chars) {
        static Content of(String text) {
            String normalized = TextNormalizer.normalize(text);
            return new Content(TextNormalizer.md5(normalized), normalized.codePointCount(0, normalized.length()));
        }
    }

    /** What measures, made once a partition. */
    private static final class Kernels {
        private final TextScan scan = new TextScan();
        private final QualityKernel quality = QualityKernel.ofAll();
        private final C4Lines lines = new C4Lines();
        private final Signals signals = new Signals();
        private final Signals c4 = new Signals();
        private final Set<Rule> rules;
        private int wordsLeft;

        Kernels(List<Profile> profiles) {
            this.rules = Rules.published(profiles).keySet();
        }

        /** The rules that the last text fails, by name. */
        String[] failed() {
            return rules.stream()
                    .filter(rule -> rule.fails(signals.value(rule.signal())))
                    .map(Rule::reason)
                    .toArray(String[]::new);
        }

        /** Measures a text and gives it, or what C4's rules leave of it; C4's own signals are those of the text as it was read. */
        String measure(String read, boolean rewrites) {
            scan.scan(read.getBytes(StandardCharsets.UTF_8));
            wordsLeft = scan.words();
            if (!rewrites) {
                quality.measure(scan, signals);
                return read;
            }
            byte[] kept = lines.clean(scan, c4);
            scan.scan(kept);
            quality.measure(scan, signals);
            signals.replace(SignalGroup.C4, c4);
            return new String(kept, StandardCharsets.UTF_8);
        }
    }
}
