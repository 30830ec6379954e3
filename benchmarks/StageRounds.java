import dev.stillhouse.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.SparkSession;

/** Runs command lines of standard input, one after another, in one JVM and on one session: what a stage costs once Spark and the JVM are warm. Says `done` after each; a command that fails ends the process with its exit code. */
final class StageRounds {
    private StageRounds() {}

    public static void main(String[] none) throws IOException {
        SparkSession.builder().appName("stillhouse benchmark").getOrCreate();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Main.main(line.split("\t"));
            System.out.println("done");
        }
    }
}
