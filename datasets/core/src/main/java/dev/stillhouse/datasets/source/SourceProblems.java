package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.catalogue.Europarl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;

/** Finds what is wrong with one source's configuration. */
final class SourceProblems {
    private final String where;
    private final SourceConfig source;
    private final List<String> problems = new ArrayList<>();

    SourceProblems(String where, SourceConfig source) {
        this.where = where;
        this.source = source;
    }

    List<String> list() {
        String kind = source.source().name().toLowerCase(Locale.ROOT);
        checkPlace(kind);
        check(
                source.partOfSpeech().isEmpty() || source.source() == SourceKind.WORDNET,
                "part_of_speech",
                source.partOfSpeech()
                        .map(p -> p.name().toLowerCase(Locale.ROOT))
                        .orElse(""),
                "absent for source " + kind + ": it belongs to wordnet");
        source.sample().ifPresent(this::checkSample);
        checkLanguages(kind);
        checkCsv(kind);
        check(
                source.source() == SourceKind.TEXT || source.document() == SourceConfig.DocumentUnit.FILE,
                "document",
                source.document().name().toLowerCase(Locale.ROOT),
                "absent for source " + kind + ": it belongs to text");
        check(source.name().filter(String::isBlank).isEmpty(), "name", "''", "not empty");
        source.id().ifPresent(id -> checkExpression("id", id));
        checkExpression("text", source.text());
        source.label().ifPresent(label -> checkExpression("label", label));
        source.reference().ifPresent(reference -> checkExpression("reference", reference));
        source.where().ifPresent(predicate -> checkExpression("where", predicate));
        checkKeep();
        return List.copyOf(problems);
    }

    private void checkPlace(String kind) {
        boolean isFile = source.source().isFile();
        boolean isTable = source.source().table().isPresent();
        boolean hasPath = source.path().filter(path -> !path.isBlank()).isPresent();
        check(!isFile || hasPath, "path", "none", "a file, folder or glob for source " + kind);
        check(
                isFile || isTable || source.path().isEmpty(),
                "path",
                source.path().orElse(""),
                "absent for source " + kind + ", which comes with Stillhouse");
        check(
                isTable || source.table().isEmpty(),
                "table",
                source.table().orElse(""),
                "absent for source " + kind + ": it belongs to delta and iceberg");
        check(
                !isTable || hasPath != source.table().isPresent(),
                "table",
                source.table().orElse("none"),
                "given for source " + kind + ", or path, and not both");
        check(
                source.table().filter(name -> !TableFormat.isName(name)).isEmpty(),
                "table",
                source.table().orElse(""),
                TableFormat.NAME_RULE);
    }

    private void checkKeep() {
        for (String entry : source.keep()) {
            check(
                    KeptColumn.of(entry).isPresent(),
                    "keep",
                    entry.isBlank() ? "''" : entry,
                    "a column's name, or `expression as name`, the name of letters, digits and _");
            KeptColumn.of(entry).ifPresent(column -> checkExpression("keep", column.expression()));
        }
        check(KeptColumn.areDistinct(source), "keep", source.keep(), "each name once");
    }

    private void checkSample(SampleConfig sample) {
        long rows = sample.rows().orElse(1L);
        check(rows <= Integer.MAX_VALUE, "sample.rows", rows, "at most " + Integer.MAX_VALUE);
    }

    private void checkLanguages(String kind) {
        boolean europarl = source.source() == SourceKind.EUROPARL;
        check(
                europarl || source.languages().isEmpty(),
                "languages",
                source.languages(),
                "absent for source " + kind + ": it belongs to europarl");
        List<String> known = Europarl.codes();
        for (String language : europarl ? source.languages() : List.<String>of()) {
            check(known.contains(language), "languages", language, "one of " + String.join(", ", known));
        }
    }

    private void checkCsv(String kind) {
        boolean csv = source.source() == SourceKind.CSV;
        check(
                csv || !source.multiline(),
                "multiline",
                source.multiline(),
                "absent for source " + kind + ": it belongs to csv");
        String separator = source.separator();
        check(
                csv || separator.equals(","),
                "separator",
                separator,
                "absent for source " + kind + ": it belongs to csv");
        boolean usable =
                separator.length() == 1 && separator.charAt(0) < 128 && "\"\n\r".indexOf(separator.charAt(0)) < 0;
        check(
                !csv || usable,
                "separator",
                "'" + separator + "'",
                "one ASCII character, and no quotation mark or line break");
    }

    private void checkExpression(String key, String expression) {
        boolean usable = !expression.isBlank();
        try {
            // A name such as "my text" is no SQL but may be a column: only its own source can tell.
            if (usable && !expression.matches("[\\p{L}\\p{N}_ .:-]+")) {
                new CatalystSqlParser().parseExpression(expression);
            }
        } catch (Exception e) {
            usable = false;
        }
        check(usable, key, expression.isBlank() ? "''" : expression, "a column or a Spark SQL expression");
    }

    private void check(boolean condition, String key, Object value, String rule) {
        if (!condition) {
            problems.add("Invalid " + where + "." + key + ": " + value + " (must be " + rule + ")");
        }
    }
}
