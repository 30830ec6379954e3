package dev.stillhouse.scoring.output;

import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * What the files of an output are called, and which may be there.
 *
 * @param section of the output
 */
record DeliveredFiles(OutputSection section) {
    private static final Pattern DELIVERED =
            Pattern.compile("part-(\\d{8}T\\d{6}Z-[0-9a-f]{8}-[0-9a-f]{4})-\\d+\\.(.*)");

    /** What Hadoop and Spark write beside them. */
    private static final Pattern BESIDE =
            Pattern.compile("_SUCCESS|\\._SUCCESS\\.crc|\\." + DELIVERED.pattern() + "\\.crc");

    /** The name of a file of a run in a format, {@code parquet} or {@code jsonl}. */
    static String name(String run, int number, String format) {
        return String.format(Locale.ROOT, "%s%05d.%s", prefix(run), number, format);
    }

    /** How the names of a run's files begin. */
    static String prefix(String run) {
        return "part-" + run + "-";
    }

    /**
     * The run that a file was delivered by; none where it is of another format, or nobody's.
     *
     * @param file relative to the output
     */
    Optional<String> run(String file) {
        Matcher delivered = DELIVERED.matcher(last(file));
        return delivered.matches() && delivered.group(2).equals(format())
                ? Optional.of(delivered.group(1))
                : Optional.empty();
    }

    /**
     * Refuses a file that the output must not hold: one that would be replaced and was not delivered, or with which what is delivered next would make a mixture that no reader takes.
     *
     * @param file relative to the output
     * @param path of the output
     */
    void check(String file, Object path) {
        OutputConfig config = section.config();
        boolean replaces = config.mode() == OutputConfig.Mode.REPLACE;
        Matcher delivered = DELIVERED.matcher(last(file));
        if (!delivered.matches()) {
            if (replaces && !BESIDE.matcher(last(file)).matches()) {
                throw refused("hold nothing but what was delivered there, for mode: replace", file, path);
            }
            return;
        }
        boolean isReplaced = replaces && config.partitionBy().isEmpty();
        if (!isReplaced && !delivered.group(2).equals(format())) {
            throw refused("hold files of one format", file, path);
        }
        if (!isReplaced && !partitions(file).equals(config.partitionBy())) {
            throw refused("hold files of one partition_by", file, path);
        }
    }

    private ConfigurationException refused(String rule, String file, Object path) {
        return section.invalid("path", path, rule + "; it holds " + file + ": move it away, or name another folder");
    }

    private String format() {
        return section.config().format().key();
    }

    /** The columns that the folders above a file are named by. */
    private static List<String> partitions(String file) {
        List<String> columns = new ArrayList<>();
        String[] parts = file.split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            columns.add(ExternalCatalogUtils.unescapePathName(parts[i].replaceFirst("=.*", "")));
        }
        return columns;
    }

    private static String last(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
