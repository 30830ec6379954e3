package dev.stillhouse.scoring.output;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where the rows of runs are delivered. A run is delivered once, whatever is repeated or killed. For use by one thread, and by one task at a time. */
public sealed interface Output permits FileOutput, TableOutput {

    /** Whether there is anything at all. */
    boolean exists();

    /** Ids of the runs that can be seen to have been delivered, those of other tasks among them; a run that was replaced may be missing. A delivery that was ended half-way is finished first, if the guard lets it. */
    Set<String> runs(Runnable guard);

    /**
     * Delivers a run's rows; nothing happens where that was done before.
     *
     * @param rowsDF as they are published
     * @param guard called before each step that changes anything of the output; what it throws ends the delivery there
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if what is there cannot take them
     */
    void deliver(Dataset<Row> rowsDF, String run, Runnable guard);

    /** Delivers a run's rows though that may have been done before, as a whole or in another form: where they replace, since those that are added would be there twice. */
    void deliverAgain(Dataset<Row> rowsDF, String run, Runnable guard);
}
