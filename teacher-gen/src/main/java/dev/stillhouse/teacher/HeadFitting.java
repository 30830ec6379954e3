package dev.stillhouse.teacher;

import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.udfs.errors.DataException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How a teacher of some kind comes to its head. */
public interface HeadFitting {

    /**
     * Refuses what cannot come to a head, before a text is run.
     *
     * @param gold in the order of selection
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if labels of the task, of gold and of the model do not belong together
     * @throws DataException if there is no model to run
     */
    void check(List<GoldRow> gold);

    /**
     * The head; collects the gold rows' outputs. A gold document without an output is left out, with a warning.
     *
     * @param outputs {@link ModelOutputs#SCHEMA}, with a row for each gold row's text at least
     * @param gold in the order of selection
     * @throws DataException if the gold rows do not suffice, or the text of one was not run
     */
    FittedHead fit(Dataset<Row> outputs, List<GoldRow> gold);
}
