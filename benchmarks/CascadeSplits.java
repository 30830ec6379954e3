import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.scoring.cascade.Bound;
import dev.stillhouse.scoring.cascade.Grid;
import dev.stillhouse.scoring.cascade.Promise;
import dev.stillhouse.scoring.cascade.Sampled;
import dev.stillhouse.scoring.cascade.ThresholdChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;

/**
 * Stillhouse's choice of a cascade's threshold over random splits, for benchmarks/cascade.py and summary_cascade.py.
 *
 * <pre>java -cp CLASSPATH benchmarks/CascadeSplits.java documents.jsonl AGREEMENT CONFIDENCE SAMPLE SPLITS BOUND</pre>
 *
 * Lines of documents.jsonl are {sureness, agreement}, the latter 0 to 1; BOUND is one of {@link Bound}. For each split one line of JSON: threshold found or not, sent (share of all documents that the teacher answers, the sample among them), realised (mean agreement of all documents, of labels the share with the teacher's), rest (the same of those outside the sample), expected and realised bound.
 */
public final class CascadeSplits {
    private CascadeSplits() {}

    public static void main(String[] arguments) throws IOException {
        List<Sampled> documents = documents(Path.of(arguments[0]));
        Promise promise = new Promise(Double.parseDouble(arguments[1]), Double.parseDouble(arguments[2]), Bound.valueOf(arguments[5]));
        int size = Math.min(Integer.parseInt(arguments[3]), documents.size());
        double[] grid = grid(documents);
        for (int split = 0; split < Integer.parseInt(arguments[4]); split++) {
            Collections.shuffle(documents, new Random(split));
            ThresholdChoice choice = ThresholdChoice.of(grid, documents.subList(0, size), promise);
            List<Sampled> rest = documents.subList(size, documents.size());
            double wrong = rest.stream()
                    .filter(one -> choice.isAbove(one.sureness()))
                    .mapToDouble(one -> 1 - one.agreement())
                    .sum();
            long students =
                    rest.stream().filter(one -> choice.isAbove(one.sureness())).count();
            System.out.println(String.format(
                    Locale.ROOT,
                    "{\"found\": %b, \"sent\": %.6f, \"realised\": %.6f, \"rest\": %.6f, \"expected\": %.6f, \"bound\": %.6f}",
                    choice.threshold().isPresent(),
                    1 - (double) students / documents.size(),
                    1 - wrong / documents.size(),
                    rest.isEmpty() ? 1 : 1 - wrong / rest.size(),
                    choice.expected(),
                    choice.realisedAgreement(documents.size())));
        }
    }

    private static double[] grid(List<Sampled> documents) {
        TreeMap<Integer, Long> counts = new TreeMap<>();
        documents.forEach(one -> counts.merge((int) Math.floor(one.sureness() * Grid.BINS), 1L, Long::sum));
        return Grid.of(counts);
    }

    private static List<Sampled> documents(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<Sampled> documents = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode document = mapper.readTree(line);
            documents.add(new Sampled(
                    document.get("sureness").asDouble(), document.get("agreement").asDouble()));
        }
        return documents;
    }
}
