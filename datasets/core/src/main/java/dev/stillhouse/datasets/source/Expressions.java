package dev.stillhouse.datasets.source;

import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.CurrentCatalog;
import org.apache.spark.sql.catalyst.expressions.CurrentDatabase;
import org.apache.spark.sql.catalyst.expressions.CurrentDate;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestampLike;
import org.apache.spark.sql.catalyst.expressions.CurrentUser;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LocalTimestamp;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Resolves a task's columns and SQL expressions over the columns of one source. What names a column is that column, whatever characters are in it; the rest is Spark SQL that gives one value for each row and
 * always the same one.
 */
public final class Expressions {
    private final Dataset<Row> rows;
    private final List<String> columns;
    private final String where;

    /**
     * @param rows a source's rows
     * @param where the source's place in the task file, such as {@code corpus[0]}
     */
    public Expressions(Dataset<Row> rows, String where) {
        this.rows = rows;
        this.columns = List.of(RawRows.ownColumns(rows.schema()));
        this.where = where;
    }

    /**
     * The value of a column or expression.
     *
     * @param key the task file's key
     * @throws ConfigurationException if it does not parse or names no column
     */
    public Column value(String key, String expression) {
        Optional<String> name =
                columns.stream().filter(column -> column.equals(expression)).findFirst();
        name = name.or(() -> columns.stream()
                .filter(column -> column.equalsIgnoreCase(expression))
                .findFirst());
        if (name.isPresent()) {
            return RawRows.column(name.get());
        }
        check(key, expression);
        return functions.expr(expression);
    }

    /**
     * A predicate.
     *
     * @throws ConfigurationException also if its value is not true, false or null
     */
    public Column predicate(String key, String expression) {
        Column value = value(key, expression);
        DataType type = rows.select(value).schema().fields()[0].dataType();
        if (!type.equals(DataTypes.BooleanType) && !type.equals(DataTypes.NullType)) {
            throw new ConfigurationException("Invalid predicate in " + where + "." + key + ": " + expression
                    + " (must be true or false for each row, but is of type " + type.simpleString() + ")");
        }
        return value.cast(DataTypes.BooleanType);
    }

    private void check(String key, String expression) {
        LogicalPlan plan;
        try {
            Dataset<Row> probe = rows.select(functions.expr(expression));
            plan = ((org.apache.spark.sql.classic.Dataset<Row>) probe)
                    .queryExecution()
                    .analyzed();
        } catch (Exception e) {
            // Spark declares checked exceptions nowhere that javac sees: AnalysisException arrives here all the same.
            throw failure(key, expression, e);
        }
        if (!(plan instanceof Project project) || !isOfOneRow(project) || hasWindow(plan)) {
            throw invalid(
                    key,
                    expression,
                    "one value for each row and the same in every run: no aggregate, window, explode, subquery, or function of chance, time or user",
                    null);
        }
    }

    /** One value, and a function of the row alone: neither of chance nor of time, user or other tables. */
    private static boolean isOfOneRow(Project project) {
        List<NamedExpression> values = CollectionConverters.asJava(project.projectList());
        Expression value = (Expression) values.get(0);
        return values.size() == 1
                && value.deterministic()
                && !value.exists(part -> part instanceof SubqueryExpression
                        || part instanceof CurrentTimestampLike
                        || part instanceof CurrentDate
                        || part instanceof LocalTimestamp
                        || part instanceof CurrentUser
                        || part instanceof CurrentDatabase
                        || part instanceof CurrentCatalog);
    }

    private static boolean hasWindow(LogicalPlan plan) {
        return plan.exists(node -> node instanceof org.apache.spark.sql.catalyst.plans.logical.Window
                || node instanceof org.apache.spark.sql.catalyst.plans.logical.Generate);
    }

    private ConfigurationException failure(String key, String expression, Exception failure) {
        if (failure instanceof ParseException) {
            return invalid(key, expression, "a column or a Spark SQL expression; it does not parse", failure);
        }
        if (failure instanceof SparkException internal) {
            // What Spark itself did not expect, such as a lambda that no function takes.
            return invalid(key, expression, "a Spark SQL expression over the source's columns", internal);
        }
        if (failure instanceof AnalysisException analysis) {
            String condition = String.valueOf(analysis.getCondition());
            if (condition.startsWith("UNRESOLVED_COLUMN")
                    || condition.startsWith("UNRESOLVED_FIELD")
                    || condition.startsWith("FIELD_NOT_FOUND")) {
                return missing(key, expression, unresolved(analysis, expression), failure);
            }
            return invalid(
                    key,
                    expression,
                    "a Spark SQL expression over the source's columns; Spark says " + condition,
                    failure);
        }
        throw failure instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(failure);
    }

    private static String unresolved(AnalysisException analysis, String expression) {
        @Nullable String name = analysis.getMessageParameters().get("objectName");
        if (name == null) {
            name = analysis.getMessageParameters().get("fieldName");
        }
        return name == null ? expression : name.replace("`", "");
    }

    private ConfigurationException missing(String key, String expression, String name, Exception cause) {
        // A CSV file without header has a document's text for names, so only what looks like a name is shown.
        List<String> named = columns.stream()
                .filter(column -> column.matches("[\\p{L}_][\\p{L}\\p{N}_.-]{0,39}"))
                .toList();
        List<String> shown = named.stream().limit(30).toList();
        String known = shown.isEmpty()
                ? "a column of the source"
                : "one of: " + String.join(", ", shown) + (shown.size() < columns.size() ? ", ..." : "");
        String nearest = nearest(name, named).map(near -> "; nearest: " + near).orElse("");
        String inside = name.equals(expression) ? "" : " in " + expression;
        return new ConfigurationException(
                "Invalid column in " + where + "." + key + ": " + name + inside + " (must be " + known + nearest + ")",
                cause);
    }

    private ConfigurationException invalid(String key, String expression, String rule, @Nullable Exception cause) {
        String message = "Invalid expression in " + where + "." + key + ": " + expression + " (must be " + rule + ")";
        return cause == null ? new ConfigurationException(message) : new ConfigurationException(message, cause);
    }

    /** The known name at the smallest edit distance, where that is small enough for a slip of the pen. */
    static Optional<String> nearest(String name, List<String> known) {
        int limit = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= limit)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    private static int distance(String left, String right) {
        return LevenshteinDistance.getDefaultInstance()
                .apply(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
    }
}
