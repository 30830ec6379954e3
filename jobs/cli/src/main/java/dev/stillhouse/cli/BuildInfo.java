package dev.stillhouse.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import picocli.CommandLine.IVersionProvider;

/** Which code this is: version, git id and the versions of the libraries that shape results, written by the build. */
public final class BuildInfo implements IVersionProvider {
    private static final Properties PROPERTIES = load();

    /** The project's version, such as 0.1.0. */
    public static String version() {
        return PROPERTIES.getProperty("version", "unknown");
    }

    /** The abbreviated git id of the build, or unknown. */
    public static String gitId() {
        String id = PROPERTIES.getProperty("git", "unknown");
        return id.startsWith("${") ? "unknown" : id;
    }

    /** Versions of the libraries that shape results. */
    public static Map<String, String> libraries() {
        Map<String, String> versions = new TreeMap<>();
        for (String name : PROPERTIES.stringPropertyNames()) {
            if (name.startsWith("library.")) {
                versions.put(name.substring("library.".length()), PROPERTIES.getProperty(name));
            }
        }
        return versions;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"stillhouse " + version() + " (" + gitId() + ")"};
    }

    private static Properties load() {
        try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read build.properties of the jar", e);
        }
    }
}
