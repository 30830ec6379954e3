package dev.stillhouse.udfs.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Stillhouse's functions as a catalogue of Spark SQL. With {@code spark.sql.catalog.stillhouse=dev.stillhouse.udfs.sql.StillhouseCatalog} its functions are called as {@code stillhouse.quality(text)}; the name is the configuration key's. Functions on texts as such stand in the catalogue itself; names of functions
 * and namespaces are found in any case. Published students stand in its namespace {@code models}, by the names that the session's configuration gives them ({@code spark.sql.catalog.stillhouse.models.<name>}). It holds no tables and cannot be changed.
 */
public final class StillhouseCatalog implements FunctionCatalog, SupportsNamespaces {
    private static final List<String> ROOT = List.of();
    private static final List<String> MODELS = List.of("models");

    private final SortedMap<String, UnboundFunction> functions = functions(new UnboundMinHash(), new UnboundQuality());

    private String name = "";
    private Models models = new Models(name);

    /** Made by Spark, which then calls {@link #initialize}. */
    public StillhouseCatalog() {}

    private static SortedMap<String, UnboundFunction> functions(UnboundFunction... functions) {
        SortedMap<String, UnboundFunction> byName = new TreeMap<>();
        for (UnboundFunction function : functions) {
            byName.put(function.name(), function);
        }
        return byName;
    }

    @Override
    public void initialize(String catalog, CaseInsensitiveStringMap options) {
        name = catalog;
        models = new Models(catalog);
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * The names of a namespace's functions, sorted.
     *
     * @throws NoSuchNamespaceException where there is no such namespace
     */
    @Override
    public Identifier[] listFunctions(String[] namespace) throws NoSuchNamespaceException {
        loadNamespaceMetadata(namespace);
        Set<String> names = key(namespace).equals(ROOT)
                ? functions.keySet()
                : models.paths().keySet();
        return names.stream()
                .map(function -> Identifier.of(namespace, function))
                .toArray(Identifier[]::new);
    }

    /**
     * A function; a student is read now, and stays the same for what was resolved.
     *
     * @throws NoSuchFunctionException where there is no such function, or no such namespace
     * @throws UnsupportedOperationException where a student cannot be read, or not be called
     */
    @Override
    public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
        List<String> namespace = key(identifier.namespace());
        Optional<UnboundFunction> function = namespace.equals(MODELS)
                ? models.find(identifier.name())
                : Optional.of(namespace)
                        .filter(ROOT::equals)
                        .map(root -> functions.get(identifier.name().toLowerCase(Locale.ROOT)));
        return function.orElseThrow(() -> new NoSuchFunctionException(identifier));
    }

    private static List<String> key(String[] namespace) {
        return Arrays.stream(namespace)
                .map(part -> part.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Namespaces directly in the catalogue. */
    @Override
    public String[][] listNamespaces() {
        return new String[][] {MODELS.toArray(String[]::new)};
    }

    /** @throws NoSuchNamespaceException where there is no such namespace */
    @Override
    public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
        loadNamespaceMetadata(namespace);
        return key(namespace).equals(ROOT) ? listNamespaces() : new String[0][];
    }

    /**
     * Nothing: a namespace has no properties.
     *
     * @throws NoSuchNamespaceException where there is no such namespace
     */
    @Override
    public Map<String, String> loadNamespaceMetadata(String[] namespace) throws NoSuchNamespaceException {
        if (!Set.of(ROOT, MODELS).contains(key(namespace))) {
            throw new NoSuchNamespaceException(namespace);
        }
        return Map.of();
    }

    /** @throws UnsupportedOperationException always */
    @Override
    public void createNamespace(String[] namespace, Map<String, String> metadata) {
        throw unchangeable("create", namespace);
    }

    /** @throws UnsupportedOperationException always */
    @Override
    public void alterNamespace(String[] namespace, NamespaceChange... changes) {
        throw unchangeable("alter", namespace);
    }

    /** @throws UnsupportedOperationException always */
    @Override
    public boolean dropNamespace(String[] namespace, boolean cascade) {
        throw unchangeable("drop", namespace);
    }

    private UnsupportedOperationException unchangeable(String verb, String[] namespace) {
        return new UnsupportedOperationException("Cannot " + verb + " namespace " + String.join(".", namespace)
                + ": the catalog " + name + " holds functions only and cannot be changed");
    }
}
