package dev.stillhouse.cli;

import dev.stillhouse.cli.config.LoadedTask;
import dev.stillhouse.cli.config.TaskFileReader;
import dev.stillhouse.cli.pipeline.Datasets;
import dev.stillhouse.datasets.plan.RowsWritten;
import dev.stillhouse.datasets.source.SourceReader;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of every command that works on a task. Mutable, as picocli fills it; private to the command line. */
final class TaskArguments {
    @Parameters(paramLabel = "TASK", description = "The task file.")
    private String task = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Override a key of the task file, such as student.targets.retained=0.9 or corpus[0].path=lake/. May be given several times.")
    private List<String> overrides = new ArrayList<>();

    Path task() {
        return Path.of(task);
    }

    /**
     * Reads the task file with the overrides.
     *
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if anything in it is wrong
     */
    LoadedTask read() {
        return new TaskFileReader(SourceReader::problems).read(task(), overrides);
    }

    /** The workspace that the task file names, also where something else in it is wrong; nothing where it names none or cannot be read at all. */
    Optional<String> workspace() {
        return new TaskFileReader(SourceReader::problems).workspace(task(), overrides);
    }

    /** The task file's name without folders, for messages. */
    String name() {
        return String.valueOf(task().getFileName());
    }

    /** What a command that changes a workspace takes besides. */
    static final class Execution {
        static final String STATUS_FILE = "--status-file";

        @Option(names = "--force", description = "Run the stages even where inputs and configuration are unchanged.")
        private boolean force;

        @Option(
                names = "--plan",
                description =
                        "Say which stages would run, how many texts the teacher would run, and how long or how much that is going to take; run and change nothing. Columns and rules that are not there end it; JSON lines and CSV are looked through for their columns.")
        private boolean plan;

        @Option(
                names = "--engine",
                paramLabel = "ENGINE",
                description =
                        "What runs the student, in place of score.engine: auto, kernel, sql, onnx or gpu, which is sql on RAPIDS, whose jar and settings ./stillhouse adds. For commands that score alone.")
        private Optional<Engine> engine = Optional.empty();

        @Option(
                names = STATUS_FILE,
                paramLabel = "FILE",
                description =
                        "Write {stage, exit, reason} as JSON to this file too when the command ends, also when the command line is wrong or the task file cannot be read; for schedulers.")
        private Optional<String> statusFile = Optional.empty();

        /**
         * Checks that the status file can be one.
         *
         * @throws ConfigurationException if an option's value is no path
         */
        void checkStatusFile() {
            if (statusFile.isPresent() && statusFile().isEmpty()) {
                throw new ConfigurationException(
                        "Invalid " + STATUS_FILE + ": '" + statusFile.get() + "' (must be a path)");
            }
        }

        /**
         * Checks that RAPIDS is on where it is asked for: without it the same plan runs on processors, many times slower.
         *
         * @throws ConfigurationException if it is not
         */
        void checkRapids(SparkSession spark) {
            if (engine.filter(Engine.GPU::equals).isPresent() && RowsWritten.areCounted(spark)) {
                throw new ConfigurationException(
                        "Cannot score on a GPU: RAPIDS is off. ./stillhouse switches it on; for spark-submit add --jars with its jar and --conf spark.plugins=com.nvidia.spark.SQLPlugin");
            }
        }

        /**
         * Checks that an engine is asked for only where something is scored.
         *
         * @throws ConfigurationException if it is not
         */
        void checkEngine(List<String> stages) {
            if (engine.isPresent() && !stages.contains(Datasets.SCORE)) {
                throw new ConfigurationException(
                        "Invalid --engine: nothing is scored by this command (it says what runs the student in score)");
            }
        }

        /** The task, with the engine that was asked for. */
        LoadedTask with(LoadedTask task) {
            return engine.map(one -> task.withEngine(one.engine)).orElse(task);
        }

        boolean plan() {
            return plan;
        }

        boolean force() {
            return force;
        }

        Optional<org.apache.hadoop.fs.Path> statusFile() {
            return statusFile.flatMap(StatusFile::path);
        }

        /** Engines by their names on the command line, in any case. */
        private enum Engine {
            AUTO(ScoreConfig.Engine.AUTO),
            KERNEL(ScoreConfig.Engine.KERNEL),
            SQL(ScoreConfig.Engine.SQL),
            ONNX(ScoreConfig.Engine.ONNX),
            GPU(ScoreConfig.Engine.SQL);

            private final ScoreConfig.Engine engine;

            Engine(ScoreConfig.Engine engine) {
                this.engine = engine;
            }
        }
    }
}
