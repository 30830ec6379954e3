package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.testing.SharedSpark;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop with its workspace on {@code s3a://}, against an S3 inside this process. */
class ObjectStoreIT {
    private static S3Proxy s3;
    private static BlobStoreContext store;

    @TempDir
    Path folder;

    @BeforeAll
    static void startS3() throws Exception {
        Properties properties = new Properties();
        store = ContextBuilder.newBuilder("transient")
                .credentials("key", "secret")
                .overrides(properties)
                .build(BlobStoreContext.class);
        store.getBlobStore().createContainerInLocation(null, "lake");
        s3 = S3Proxy.builder()
                .blobStore(store.getBlobStore())
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "key", "secret")
                .endpoint(URI.create("http://127.0.0.1:0"))
                .build();
        s3.start();
        set("fs.s3a.endpoint", "http://127.0.0.1:" + s3.getPort());
        set("fs.s3a.endpoint.region", "us-east-1");
        set("fs.s3a.path.style.access", "true");
        set("fs.s3a.access.key", "key");
        set("fs.s3a.secret.key", "secret");
        set("fs.s3a.connection.ssl.enabled", "false");
    }

    @AfterAll
    static void stopS3() throws Exception {
        s3.stop();
        store.close();
    }

    @Test
    void theLoopRunsWithItsWorkspaceOnAnObjectStoreAndResumesThere() {
        Path task = TinyCorpus.write(folder, 2);

        CommandLineRun first = CommandLineRun.of("run", task.toString(), "--set", "workspace=s3a://lake/tiny");
        assertThat(first.exit()).as(first.err()).isZero();

        CommandLineRun again = CommandLineRun.of("run", task.toString(), "--set", "workspace=s3a://lake/tiny");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.out().lines().filter(line -> line.contains("unchanged")))
                .hasSize(4);

        CommandLineRun forced =
                CommandLineRun.of("curate", task.toString(), "--force", "--set", "workspace=s3a://lake/tiny");
        assertThat(forced.exit()).as(forced.err()).isZero();
        CommandLineRun path =
                CommandLineRun.of("path", task.toString(), "curated", "--set", "workspace=s3a://lake/tiny");
        assertThat(path.out()).startsWith("s3a://lake/tiny/curate/runs/");
        assertThat(SharedSpark.session().read().parquet(path.out().trim()).count())
                .isPositive();
        for (int i = 0; i < 2; i++) {
            CommandLineRun delivered = CommandLineRun.of(
                    "score",
                    task.toString(),
                    "--force",
                    "--set",
                    "workspace=s3a://lake/tiny",
                    "--set",
                    "score={sources: [{source: jsonl, path: corpus, id: id, text: text}], output: {path: 's3a://lake/out/labels', partition_by: [label]}}");
            assertThat(delivered.exit()).as(delivered.err()).isZero();
            assertThat(SharedSpark.session()
                            .read()
                            .parquet("s3a://lake/out/labels")
                            .count())
                    .isEqualTo(600);
        }
        assertThat(store.getBlobStore().blobExists("lake", "tiny/report.html")).isTrue();
        assertThat(store.getBlobStore().blobExists("lake", "tiny/status.json")).isTrue();
    }

    /** The command line reads Hadoop's settings from system properties, as SparkSubmit passes {@code --conf}. */
    private static void set(String key, String value) {
        System.setProperty("spark.hadoop." + key, value);
        Configuration configuration = SharedSpark.session().sparkContext().hadoopConfiguration();
        configuration.set(key, value);
    }
}
