import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.stillhouse.udfs.minhash.MinHasher;
import dev.stillhouse.udfs.minhash.Shingles;
import dev.stillhouse.udfs.quality.Profile;
import dev.stillhouse.udfs.quality.QualityKernel;
import dev.stillhouse.udfs.quality.Rule;
import dev.stillhouse.udfs.quality.SignalGroup;
import dev.stillhouse.udfs.quality.Signals;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentReader;
import dev.stillhouse.udfs.text.TextScan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Stillhouse's kernels as a worker process of benchmarks/curation_speed.py and scoring_speed.py, on one thread; the protocol is that of peers.py.
 *
 * <pre>java -cp CLASSPATH benchmarks/KernelWorker.java corpus.jsonl [student.onnx]</pre>
 *
 * Loads the corpus once (UTF-8 bytes, as Spark hands them to a function) and answers {@code ready}. Each line {@code round RULE_SET SECONDS} on standard input runs whole passes over the corpus until they took so many CPU
 * seconds, and is answered by one line of JSON: cpu_seconds of the process, with collector and compiler; thread_cpu_seconds of the thread alone; documents; bytes. {@code warm RULE_SET SECONDS} does the same before the
 * first round.
 */
public final class KernelWorker {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private KernelWorker() {}

    /** What a round does with one text; the result depends on all that was computed, so that nothing is optimised away. */
    @FunctionalInterface
    interface Kernel {
        double over(byte[] text);
    }

    /** The kernel of a rule set, with its buffers; the rule set {@code student} is the student. */
    private static Kernel kernel(String ruleSet, Optional<StudentKernel> student) {
        switch (ruleSet) {
            case "student":
                return scoring(student.orElseThrow(() -> new IllegalArgumentException("no student was given")));
            case "bytes": // no rule set: how fast the bytes alone can be read, which bounds everything else
                return KernelWorker::spaces;
            case "gopher-quality":
                return measuring(Profile.GOPHER_2021, EnumSet.of(SignalGroup.GOPHER_QUALITY));
            case "gopher-repetition":
                return measuring(Profile.GOPHER_2021, EnumSet.of(SignalGroup.GOPHER_REPETITION));
            case "fineweb-quality":
                return measuring(Profile.FINEWEB_CODE, EnumSet.of(SignalGroup.FINEWEB));
            case "c4":
                return measuring(Profile.C4_2020, EnumSet.of(SignalGroup.C4));
            case "all-four":
                return measuring(Profile.GOPHER_2021, EnumSet.complementOf(EnumSet.of(SignalGroup.COMPOSITION)));
            case "minhash":
                return signing(112, 5);
            default:
                throw new IllegalArgumentException("Stillhouse has no " + ruleSet);
        }
    }

    /** Every signal of the groups, and every rule of the profile over them. */
    private static Kernel measuring(Profile profile, Set<SignalGroup> groups) {
        TextScan scan = new TextScan();
        QualityKernel kernel = QualityKernel.of(groups);
        Signals signals = new Signals();
        return text -> {
            scan.scan(text);
            kernel.measure(scan, signals);
            int failed = 0;
            for (Rule rule : profile.rules()) {
                failed += rule.fails(signals.value(rule.signal())) ? 1 : 0;
            }
            return failed;
        };
    }

    private static Kernel signing(int permutations, int shingle) {
        TextScan scan = new TextScan();
        Shingles shingles = new Shingles(shingle);
        MinHasher hasher = new MinHasher(permutations);
        return text -> {
            scan.scan(text);
            shingles.read(scan);
            return hasher.signature(shingles)[0];
        };
    }

    private static Kernel scoring(StudentKernel student) {
        return text -> student.probabilities(text, 0, text.length)[0];
    }

    private static double spaces(byte[] text) {
        int spaces = 0;
        for (byte b : text) {
            if (b == ' ') {
                spaces++;
            }
        }
        return spaces;
    }

    public static void main(String[] arguments) throws IOException {
        byte[][] texts = texts(Path.of(arguments[0]));
        Optional<StudentKernel> student =
                arguments.length < 2 ? Optional.empty() : Optional.of(student(Path.of(arguments[1])));
        System.out.println("ready");
        System.out.flush();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            System.out.println(answer(texts, student, request.split(" ")));
            System.out.flush();
        }
    }

    private static byte[][] texts(Path corpus) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<byte[]> texts = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(corpus)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode text = mapper.readTree(line).get("text");
                texts.add(text.textValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return texts.toArray(new byte[0][]);
    }

    private static StudentKernel student(Path file) throws IOException {
        return new StudentKernel(StudentReader.read(Files.readAllBytes(file), file.toString()));
    }

    private static String answer(byte[][] texts, Optional<StudentKernel> student, String[] request) {
        try {
            return round(texts, kernel(request[1], student), Double.parseDouble(request[2]));
        } catch (IllegalArgumentException e) {
            return String.format("{\"error\": \"%s\"}", e.getMessage());
        }
    }

    private static String round(byte[][] texts, Kernel kernel, double seconds) {
        long bytes = 0;
        for (byte[] text : texts) {
            bytes += text.length;
        }
        long process = PROCESS.getProcessCpuTime();
        long thread = THREADS.getCurrentThreadCpuTime();
        long passes = 0;
        double result = 0;
        while (passes == 0 || THREADS.getCurrentThreadCpuTime() - thread < seconds * 1e9) {
            for (byte[] text : texts) {
                result += kernel.over(text);
            }
            passes++;
        }
        return String.format(
                Locale.ROOT,
                "{\"cpu_seconds\": %.6f, \"thread_cpu_seconds\": %.6f, \"documents\": %d, \"bytes\": %d, \"result\": %.3f}",
                (PROCESS.getProcessCpuTime() - process) / 1e9,
                (THREADS.getCurrentThreadCpuTime() - thread) / 1e9,
                passes * texts.length,
                passes * bytes,
                result / passes);
    }
}
