package dev.stillhouse.student;

import java.util.List;

/**
 * How many documents use each row of the tables.
 *
 * @param documents for each of {@link Parameters#tables} {@code int[rows]}
 */
record Usage(int[][] documents) {

    static Usage none(Parameters parameters) {
        List<Table> tables = parameters.tables();
        return new Usage(tables.stream().map(table -> new int[table.rows()]).toArray(int[][]::new));
    }

    /** Counts further documents; projection and bias are used by all of them. */
    void add(Examples examples) {
        for (int row : examples.ngrams().rows()) {
            documents[0][row]++;
        }
        for (int row : examples.words().rows()) {
            documents[1][row]++;
        }
        for (int table = 2; table < documents.length; table++) {
            for (int row = 0; row < documents[table].length; row++) {
                documents[table][row] += examples.size();
            }
        }
    }

    /** The same without the vectors, where a pass leaves them as they are. */
    Usage withoutVectors() {
        int[][] changed = documents.clone();
        changed[1] = new int[changed[1].length];
        return new Usage(changed);
    }
}
