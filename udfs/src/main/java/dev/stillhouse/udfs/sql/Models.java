package dev.stillhouse.udfs.sql;

import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.PublishedModel;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.summary.SalienceReader;
import dev.stillhouse.udfs.summary.SummaryDefaults;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;

/**
 * The students that a session names: {@code spark.sql.catalog.<catalogue>.models.<name>} is a task's workspace or a model folder. Looked up anew each time, so that a query gets the run that is served when it is analysed, and keeps it. Safe for use by several threads.
 */
final class Models {
    private static final int MOST_SHIPPED = 8;

    private final String prefix;
    /** The last few; Spark gives the others back once no query has them. */
    private final Map<String, Broadcast<StudentFiles>> shipped = new LinkedHashMap<>(MOST_SHIPPED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Broadcast<StudentFiles>> eldest) {
            return size() > MOST_SHIPPED;
        }
    };

    /**
     * @param catalog its name
     */
    Models(String catalog) {
        this.prefix = "spark.sql.catalog." + catalog + ".models.";
    }

    /** Names of the functions, sorted, in lower case. */
    SortedMap<String, String> paths() {
        SortedMap<String, String> paths = new TreeMap<>();
        session().ifPresent(session -> session.conf().getAll().foreach(entry -> {
            if (entry._1().startsWith(prefix)) {
                paths.put(entry._1().substring(prefix.length()).toLowerCase(Locale.ROOT), entry._2());
            }
            return null;
        }));
        return paths;
    }

    /**
     * The function of a student; underscores stand for dashes too, which SQL wants in backquotes.
     *
     * @throws UnsupportedOperationException if there is no student there, or one that makes batches
     */
    Optional<UnboundFunction> find(String name) {
        Optional<StudentFiles> offered = OfferedModel.find(name);
        if (offered.isPresent()) {
            return offered.map(files -> function(name, new PublishedModel(new Path(name), "offered", files)));
        }
        SortedMap<String, String> paths = paths();
        String asWritten = name.toLowerCase(Locale.ROOT);
        Optional<String> key = paths.containsKey(asWritten)
                ? Optional.of(asWritten)
                : paths.keySet().stream()
                        .filter(known -> known.replace('-', '_').equals(asWritten.replace('-', '_')))
                        .findFirst();
        return key.map(found -> load("models." + found, paths.getOrDefault(found, "")));
    }

    private UnboundFunction load(String name, String path) {
        try {
            PublishedModel model = PublishedModel.read(
                    path, session().orElseThrow().sparkContext().hadoopConfiguration());
            if (model.files().tokenizer().isPresent()) {
                throw new UnsupportedOperationException(
                        "Cannot call " + name + ": the student of run " + model.run()
                                + " is cut from an encoder, which reads many texts at once (must be lexical, static or hybrid; ./stillhouse score runs it)");
            }
            return function(name, model);
        } catch (DataException e) {
            throw new UnsupportedOperationException("Cannot call " + name + ": " + e.getMessage(), e);
        } catch (NoClassDefFoundError e) {
            throw new UnsupportedOperationException(
                    "Cannot call " + name
                            + ": reading a student needs all of Stillhouse (must be stillhouse.jar on --jars, not the functions' jar alone)",
                    e);
        }
    }

    private UnboundStudent function(String name, PublishedModel model) {
        String identity = model.files().identity();
        if (SalienceReader.summarizes(model.files().onnx())) {
            // Here, so that a student that cannot be read is told when the query is analysed.
            SummaryDefaults.of(SalienceReader.read(model.files().onnx(), name).metadata(), name);
            return new UnboundStudent(
                    new SummaryFunction(name, shipped(identity, model.files()), identity), model.run());
        }
        StudentFunction function = new StudentFunction(
                name,
                shipped(identity, model.files()),
                identity,
                model.files().decision(name).link());
        return new UnboundStudent(function, model.run());
    }

    /** One broadcast a student, however often it is resolved. */
    private synchronized Broadcast<StudentFiles> shipped(String identity, StudentFiles files) {
        return shipped.computeIfAbsent(identity, missing -> JavaSparkContext.fromSparkContext(
                        session().orElseThrow().sparkContext())
                .broadcast(files));
    }

    private static Optional<SparkSession> session() {
        var active = SparkSession.getActiveSession();
        var session = active.isDefined() ? active : SparkSession.getDefaultSession();
        return session.isDefined() ? Optional.of(session.get()) : Optional.empty();
    }
}
