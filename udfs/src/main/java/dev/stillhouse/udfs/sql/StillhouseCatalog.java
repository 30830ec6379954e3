package dev.stillhouse.udfs.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * and namespaces are found in any case. It holds no tables and cannot be changed.
 */
public final class StillhouseCatalog implements FunctionCatalog, SupportsNamespaces {
    private static final List<String> ROOT = List.of();

    private final Map<List<String>, SortedMap<String, UnboundFunction>> namespaces =
            Map.of(ROOT, functions(new UnboundMinHash(), new UnboundQuality()));

    private String name = "";

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
        SortedMap<String, UnboundFunction> functions = namespaces.get(key(namespace));
        if (functions == null) {
            throw new NoSuchNamespaceException(namespace);
        }
        return functions.keySet().stream()
                .map(function -> Identifier.of(namespace, function))
                .toArray(Identifier[]::new);
    }

    /** @throws NoSuchFunctionException where there is no such function, or no such namespace */
    @Override
    public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
        UnboundFunction function = namespaces
                .getOrDefault(key(identifier.namespace()), new TreeMap<>())
                .get(identifier.name().toLowerCase(Locale.ROOT));
        if (function == null) {
            throw new NoSuchFunctionException(identifier);
        }
        return function;
    }

    private static List<String> key(String[] namespace) {
        return Arrays.stream(namespace)
                .map(part -> part.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Namespaces directly in the catalogue. */
    @Override
    public String[][] listNamespaces() {
        return children(ROOT);
    }

    /** @throws NoSuchNamespaceException where there is no such namespace */
    @Override
    public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
        loadNamespaceMetadata(namespace);
        return children(key(namespace));
    }

    private String[][] children(List<String> parent) {
        return namespaces.keySet().stream()
                .filter(child -> child.size() == parent.size() + 1
                        && child.subList(0, parent.size()).equals(parent))
                .map(child -> child.toArray(String[]::new))
                .sorted(Arrays::compare)
                .toArray(String[][]::new);
    }

    /**
     * Nothing: a namespace has no properties.
     *
     * @throws NoSuchNamespaceException where there is no such namespace
     */
    @Override
    public Map<String, String> loadNamespaceMetadata(String[] namespace) throws NoSuchNamespaceException {
        if (!namespaces.containsKey(key(namespace))) {
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
