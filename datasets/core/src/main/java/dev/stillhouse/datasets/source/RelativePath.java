package dev.stillhouse.datasets.source;

import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Turns {@code _metadata.file_path}, a URL-encoded URI, into a path relative to a source's root. Serialisable, without state. */
final class RelativePath implements UDF1<String, String> {
    private static final long serialVersionUID = 1L;

    private final String root;

    RelativePath(String root) {
        this.root = root;
    }

    static Column column(SourceFiles files, Column uri) {
        return functions
                .udf(new RelativePath(files.root().toString()), DataTypes.StringType)
                .apply(uri);
    }

    @Override
    public @Nullable String call(@Nullable String uri) {
        return uri == null ? null : SourceFiles.relative(new Path(root), new Path(URI.create(uri)));
    }
}
