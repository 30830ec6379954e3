package dev.stillhouse.cli.config;

import dev.stillhouse.scoring.ScoreConfig;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A task file that was read and found valid, and where it lies: relative paths in it are relative to its folder.
 *
 * @param task what it says
 * @param folder the absolute folder of the file
 */
public record LoadedTask(TaskFile task, Path folder) {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    /** A path of the task file as Hadoop understands it: one with a scheme, or an absolute one, as it is; a relative one under the task file's folder, without {@code ..}. */
    public String resolve(String path) {
        return resolve(folder, path);
    }

    static String resolve(Path folder, String path) {
        if (SCHEME.matcher(path).matches() || path.startsWith("/")) {
            return path;
        }
        return folder.resolve(path).normalize().toString();
    }

    /** The same task, whose documents another engine scores. */
    public LoadedTask withEngine(ScoreConfig.Engine engine) {
        return new LoadedTask(task.withScore(task.score().withEngine(engine)), folder);
    }

    /** The task's workspace, resolved. */
    public String workspace() {
        return resolve(task.workspace());
    }
}
