package dev.stillhouse.scoring.output;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/**
 * Files of one run on their way into an output. Once {@link #plan} has returned they go in, by this process or a later one; each step is one rename, and can be taken up after any other.
 *
 * @param folder the output
 * @param place the delivery's own folder, on the same file system
 * @param observer told of each step
 */
record StagedDelivery(OutputFolder folder, Path place, Consumer<DeliveryStep> observer) {
    private static final String PLAN = "PLAN";

    /** What goes in at once. */
    enum Kind {
        /** Files beside those that are there. */
        FILES,
        /** Folders of partitions in place of those that are there. */
        PARTITIONS,
        /** The whole folder in place of the one that is there. */
        WHOLE
    }

    /** Where the files are written. */
    Path files() {
        return new Path(place, "new");
    }

    private Path replaced() {
        return new Path(place, "old");
    }

    /** Gives the files names that tell their run. */
    void name(String run) {
        int number = 0;
        for (String file : folder.files(files())) {
            Path from = new Path(files(), file);
            String name = from.getName();
            String ending = name.contains(".parquet") ? "parquet" : "jsonl";
            String fresh = String.format(Locale.ROOT, "part-%s-%05d.%s", run, number++, ending);
            folder.rename(from, new Path(from.getParent(), fresh));
        }
    }

    /** Decides that the files go in. */
    void plan(Kind kind) {
        folder.replace(new Path(place, PLAN), kind.name());
    }

    /**
     * Takes all steps that are left, and removes the delivery's folder.
     *
     * @return whether the files went in: not so where it was not decided
     */
    boolean finish() {
        boolean isPlanned = folder.read(new Path(place, PLAN))
                .map(Kind::valueOf)
                .map(this::move)
                .isPresent();
        folder.delete(place);
        return isPlanned;
    }

    private Kind move(Kind kind) {
        switch (kind) {
            case FILES -> folder.files(files()).forEach(this::add);
            case PARTITIONS -> {
                Set<String> partitions = new TreeSet<>();
                folder.files(files()).forEach(file -> partitions.add(parent(file)));
                partitions.forEach(partition -> swap(
                        new Path(files(), partition),
                        new Path(folder.path(), partition),
                        new Path(replaced(), partition)));
            }
            case WHOLE -> swap(files(), folder.path(), replaced());
        }
        return kind;
    }

    private void add(String file) {
        Path from = new Path(files(), file);
        Path to = new Path(folder.path(), file);
        // Where a rename is a copy, one that was ended may have left both.
        folder.delete(to);
        folder.rename(from, to);
        observer.accept(DeliveryStep.MOVED);
    }

    private void swap(Path from, Path to, Path aside) {
        if (!folder.exists(from)) {
            return;
        }
        if (folder.exists(to)) {
            folder.likePermissions(to, from);
            folder.delete(aside);
            folder.rename(to, aside);
        }
        observer.accept(DeliveryStep.CLEARED);
        folder.rename(from, to);
        observer.accept(DeliveryStep.MOVED);
    }

    private static String parent(String file) {
        int end = file.lastIndexOf('/');
        return end < 0 ? "." : file.substring(0, end);
    }
}
