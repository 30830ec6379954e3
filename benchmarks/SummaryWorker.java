import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SalienceReader;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import dev.stillhouse.udfs.summary.SummaryKernel;
import dev.stillhouse.udfs.summary.SummaryRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Stillhouse's student of summaries as a worker process of benchmarks/summaries.py, on one thread; the protocol is that of peers.py.
 *
 * <pre>java -cp CLASSPATH benchmarks/SummaryWorker.java corpus.jsonl student.onnx WORDS</pre>
 *
 * {@code round given SECONDS} summarises all texts, whose sentences were found before; {@code round split SECONDS} finds the sentences too; {@code round splitting SECONDS} does nothing else. Over and over until that took so many CPU seconds of the process.
 */
public final class SummaryWorker {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private SummaryWorker() {}

    public static void main(String[] arguments) throws IOException {
        List<String> texts = texts(Path.of(arguments[0]));
        SummaryKernel kernel = new SummaryKernel(
                SalienceReader.read(Files.readAllBytes(Path.of(arguments[1])), arguments[1]));
        SummaryRequest request =
                new SummaryRequest(new Budget(Budget.Unit.WORDS, Integer.parseInt(arguments[2])), false, 0);
        SentenceSplitter splitter = new SentenceSplitter();
        List<Sentences> sentences = texts.stream().map(splitter::split).toList();
        System.out.println("ready");
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            String[] words = line.split(" ");
            Work work =
                    switch (words[1]) {
                        case "given" -> i -> kernel.summarize(texts.get(i), sentences.get(i), request)
                                .words();
                        case "split" -> i -> kernel.summarize(texts.get(i), request).words();
                        case "splitting" -> i -> splitter.split(texts.get(i)).size();
                        default -> throw new IllegalArgumentException("Stillhouse has no " + words[1]);
                    };
            System.out.println(round(texts, work, Double.parseDouble(words[2])));
            System.out.flush();
        }
    }

    /** What is done with one text; the result depends on all that was computed. */
    private interface Work {
        int over(int text);
    }

    private static List<String> texts(Path corpus) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<String> texts = new ArrayList<>();
        for (String line : Files.readAllLines(corpus)) {
            texts.add(mapper.readTree(line).get("text").textValue());
        }
        return texts;
    }

    private static String round(List<String> texts, Work work, double seconds) {
        long bytes = 0;
        for (String text : texts) {
            bytes += text.getBytes(StandardCharsets.UTF_8).length;
        }
        long start = PROCESS.getProcessCpuTime();
        long passes = 0;
        long result = 0;
        while (passes == 0 || PROCESS.getProcessCpuTime() - start < seconds * 1e9) {
            for (int i = 0; i < texts.size(); i++) {
                result += work.over(i);
            }
            passes++;
        }
        return String.format(
                Locale.ROOT,
                "{\"cpu_seconds\": %.6f, \"documents\": %d, \"bytes\": %d, \"result\": %d}",
                (PROCESS.getProcessCpuTime() - start) / 1e9,
                passes * texts.size(),
                passes * bytes,
                result / passes);
    }
}
