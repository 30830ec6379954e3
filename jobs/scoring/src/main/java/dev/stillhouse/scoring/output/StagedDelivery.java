package dev.stillhouse.scoring.output;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/**
 * Files of one run on their way into an output. Once {@link #plan} has returned they go in, by this process or a later one; what it takes can be taken up wherever it was left.
 *
 * @param folder the output
 * @param place the delivery's own folder, on the same file system
 * @param observer told of each step
 */
record StagedDelivery(OutputFolder folder, Path place, Consumer<DeliveryStep> observer) {
    private static final String PLAN = "PLAN";
    private static final String CLEARED = "CLEARED";

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
            folder.rename(from, new Path(from.getParent(), DeliveredFiles.name(run, number++, ending)));
        }
    }

    /** Decides that the files go in. */
    void plan(Kind kind) {
        folder.replace(new Path(place, PLAN), kind.name());
    }

    /** The run that is delivered: the name of its folder up to the full stop. */
    String run() {
        return place.getName().replaceFirst("\\..*", "");
    }

    /** Whether that was decided. */
    boolean isPlanned() {
        return folder.exists(new Path(place, PLAN));
    }

    /**
     * Takes all steps that are left, and removes the delivery's folder.
     *
     * @param guard called before each step; what it throws leaves the rest to a later process
     * @return whether the files went in: not so where it was not decided
     */
    boolean finish(Runnable guard) {
        boolean isPlanned = folder.read(new Path(place, PLAN))
                .map(Kind::valueOf)
                .map(kind -> move(kind, guard))
                .isPresent();
        guard.run();
        folder.delete(place);
        return isPlanned;
    }

    private Kind move(Kind kind, Runnable guard) {
        switch (kind) {
            case FILES ->
                folder.files(files()).forEach(file -> {
                    guard.run();
                    add(file);
                });
            case PARTITIONS -> {
                Set<String> partitions = new TreeSet<>();
                folder.files(files()).forEach(file -> partitions.add(parent(file)));
                partitions.forEach(partition -> {
                    guard.run();
                    swap(partition);
                });
            }
            case WHOLE -> {
                guard.run();
                swap("");
            }
        }
        return kind;
    }

    private void add(String file) {
        Path from = new Path(files(), file);
        Path to = new Path(folder.path(), file);
        if (!folder.exists(from)) {
            // Another process has moved it.
            return;
        }
        moveFile(from, to);
        observer.accept(DeliveryStep.MOVED);
    }

    /**
     * Puts a partition in its place.
     *
     * @param partition its folder, relative to the output; empty for the whole
     */
    private void swap(String partition) {
        Path from = below(files(), partition);
        if (!folder.exists(from)) {
            return;
        }
        Path to = below(folder.path(), partition);
        // From then on what is there is the new one, of which a rename that was ended may have left a part.
        Path cleared = new Path(below(new Path(place, "cleared"), partition), CLEARED);
        if (!folder.exists(cleared)) {
            if (folder.exists(to)) {
                folder.likePermissions(to, from);
                moveFolder(to, below(replaced(), partition));
            }
            folder.replace(cleared, "");
        } else {
            clearOthers(to, below(replaced(), partition));
        }
        observer.accept(DeliveryStep.CLEARED);
        moveFolder(from, to);
        observer.accept(DeliveryStep.MOVED);
    }

    /** Moves what another delivery has put there since it was cleared out of the way. */
    private void clearOthers(Path to, Path aside) {
        String own = DeliveredFiles.prefix(run());
        for (String file : folder.files(to)) {
            if (!new Path(to, file).getName().startsWith(own)) {
                moveFile(new Path(to, file), new Path(aside, file));
            }
        }
    }

    /** Moves a folder: by one rename, or where an earlier one has moved a part, which it may where a rename is a copy of each file, file by file. */
    private void moveFolder(Path from, Path to) {
        if (!folder.exists(to)) {
            folder.rename(from, to);
            return;
        }
        for (String file : folder.files(from)) {
            moveFile(new Path(from, file), new Path(to, file));
        }
        folder.delete(from);
    }

    /** Where a rename is a copy, one that was ended may have left both. */
    private void moveFile(Path from, Path to) {
        folder.delete(to);
        folder.rename(from, to);
    }

    private static Path below(Path folder, String partition) {
        return partition.isEmpty() ? folder : new Path(folder, partition);
    }

    private static String parent(String file) {
        int end = file.lastIndexOf('/');
        return end < 0 ? "" : file.substring(0, end);
    }
}
