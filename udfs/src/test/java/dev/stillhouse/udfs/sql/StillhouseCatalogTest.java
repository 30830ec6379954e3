package dev.stillhouse.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StillhouseCatalogTest {
    private static final String[] ROOT = {};
    private static final String[] MODELS = {"models"};
    private static final String[] OTHERS = {"others"};

    private final StillhouseCatalog catalog = new StillhouseCatalog();

    @BeforeEach
    void asSparkDoes() {
        catalog.initialize("shop", new CaseInsensitiveStringMap(Map.of()));
    }

    @Test
    void itsNameIsTheOneThatItIsConfiguredBy() {
        assertThat(catalog.name()).isEqualTo("shop");
    }

    @Test
    void functionsAreListedAndFoundInAnyCase() throws NoSuchNamespaceException, NoSuchFunctionException {
        assertThat(catalog.listFunctions(ROOT))
                .containsExactly(Identifier.of(ROOT, "minhash"), Identifier.of(ROOT, "quality"));
        for (Identifier function : catalog.listFunctions(ROOT)) {
            assertThat(catalog.loadFunction(function).name()).isEqualTo(function.name());
            assertThat(catalog.loadFunction(function).description()).startsWith(function.name() + "(text");
        }
        assertThat(catalog.loadFunction(Identifier.of(ROOT, "MinHash")).name()).isEqualTo("minhash");
        assertThat(catalog.functionExists(Identifier.of(ROOT, "quality"))).isTrue();
    }

    @Test
    void whatIsNotThereIsSparksOwnError() {
        assertThatThrownBy(() -> catalog.loadFunction(Identifier.of(ROOT, "nothing")))
                .isInstanceOf(NoSuchFunctionException.class);
        assertThatThrownBy(() -> catalog.loadFunction(Identifier.of(MODELS, "quality")))
                .isInstanceOf(NoSuchFunctionException.class);
        assertThatThrownBy(() -> catalog.listFunctions(OTHERS)).isInstanceOf(NoSuchNamespaceException.class);
        assertThatThrownBy(() -> catalog.listNamespaces(OTHERS)).isInstanceOf(NoSuchNamespaceException.class);
        assertThat(catalog.namespaceExists(OTHERS)).isFalse();
    }

    @Test
    void theRootHasOneNamespaceForModelsAndNoProperties() throws NoSuchNamespaceException {
        assertThat(catalog.listNamespaces()).isDeepEqualTo(new String[][] {MODELS});
        assertThat(catalog.listNamespaces(ROOT)).isDeepEqualTo(new String[][] {MODELS});
        assertThat(catalog.listNamespaces(MODELS)).isEmpty();
        assertThat(catalog.namespaceExists(new String[] {"Models"})).isTrue();
        assertThat(catalog.loadNamespaceMetadata(ROOT)).isEmpty();
    }

    @Test
    void itCannotBeChanged() {
        assertThatThrownBy(() -> catalog.createNamespace(MODELS, Map.of()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                        "Cannot create namespace models: the catalog shop holds functions only and cannot be changed");
        assertThatThrownBy(() -> catalog.alterNamespace(MODELS)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> catalog.dropNamespace(MODELS, true)).isInstanceOf(UnsupportedOperationException.class);
    }
}
