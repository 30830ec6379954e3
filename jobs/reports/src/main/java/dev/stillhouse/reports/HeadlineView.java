package dev.stillhouse.reports;

import dev.stillhouse.reports.PageView.Headline;
import dev.stillhouse.reports.PageView.Tile;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.List;

/** The verdict and the few numbers that carry it. */
final class HeadlineView {
    private HeadlineView() {}

    static Headline of(Report report) {
        if (report.summaries().isAny()) {
            return SummaryHeadline.of(report);
        }
        List<Tile> tiles = new ArrayList<>();
        report.train().ifPresent(stage -> model(tiles, stage.figures()));
        report.score()
                .ifPresent(stage ->
                        tiles.add(scored(stage.figures(), stage.refusal().isEmpty())));
        report.curate().ifPresent(stage -> tiles.add(removed(stage.figures())));
        if (report.train().isEmpty()) {
            return report.label().isEmpty()
                            && report.score().isEmpty()
                            && report.curate().isPresent()
                    ? curated(report.curate().get().figures())
                    : new Headline("open", "In progress", "No student has been trained yet.", tiles);
        }
        String refusal = report.train().get().refusal();
        return refusal.isEmpty()
                ? new Headline(
                        "good", "Published", published(report.train().get().figures()), tiles)
                : new Headline("bad", "Refused", sentence(refusal), tiles);
    }

    /** Of curation alone, what became of the documents. */
    private static Headline curated(CurateFigures figures) {
        long removed = CurationView.sum(figures.removedByReason());
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(
                NumberText.count(figures.kept()),
                "documents kept",
                NumberText.bytes(figures.keptVolume().bytes()) + ", "
                        + NumberText.count(figures.keptVolume().words()) + " words",
                ""));
        tiles.add(removed(figures));
        figures.nearDuplicates()
                .ifPresent(near -> tiles.add(new Tile(
                        NumberText.count(near.verified()),
                        "near-duplicates verified",
                        "of " + NumberText.count(near.proposed()) + " proposed",
                        "")));
        String verdict = "Of " + NumberText.count(figures.read()) + " rows read, "
                + NumberText.share(figures.kept(), figures.read()) + " are kept; "
                + (removed == 0
                        ? "no document was removed."
                        : NumberText.count(removed) + " documents were removed, each with the evidence.");
        return new Headline("good", "Curated", verdict, tiles);
    }

    /** What a stage says of itself may begin with what could not be done. */
    static String sentence(String refusal) {
        String whole = refusal.startsWith("Cannot ") ? refusal : "The student was not published: " + refusal;
        return whole.endsWith(".") ? whole : whole + ".";
    }

    private static String published(TrainFigures figures) {
        ModelFigures student = figures.student();
        String kept = student.retained()
                .map(share -> "The student keeps " + NumberText.percent(share) + " of the teacher’s " + figure(figures))
                .orElse("The student reaches a " + QualityView.headline(figures) + " of "
                        + NumberText.score(student.headline().value()));
        String faster = student.speed()
                .flatMap(ModelFigures.Speed::speedup)
                .map(times -> " at " + NumberText.significant(times) + " times its speed")
                .orElse("");
        return kept + faster + met(figures.targets().size()) + ".";
    }

    /** How a sentence on a published student ends. */
    static String met(int targets) {
        return switch (targets) {
            case 0 -> "; no targets were set";
            case 1 -> ", and meets its target";
            default -> ", and meets all " + targets + " targets";
        };
    }

    private static void model(List<Tile> tiles, TrainFigures figures) {
        ModelFigures student = figures.student();
        ModelFigures teacher = figures.teacher();
        student.retained()
                .ifPresent(share -> tiles.add(new Tile(
                        NumberText.percent(share),
                        "of the teacher’s " + figure(figures) + " kept",
                        NumberText.score(student.headline().value()) + " of "
                                + NumberText.score(teacher.headline().value()),
                        "")));
        student.speed()
                .ifPresent(speed -> tiles.add(new Tile(
                        speed.speedup()
                                .map(times -> NumberText.significant(times) + " ×")
                                .orElse(NumberText.significant(speed.docsPerSecond())),
                        speed.speedup().isPresent() ? "as fast as the teacher" : "documents a second",
                        speed.speedup().isPresent()
                                ? NumberText.significant(speed.docsPerSecond()) + " documents a second"
                                : "the teacher cannot be run here",
                        "")));
        student.bytes().ifPresent(bytes -> tiles.add(size(bytes, teacher)));
        student.labels().ifPresent(labels -> tiles.add(calibration(labels.calibration(), figures)));
        student.scores().ifPresent(scores -> tiles.add(error(scores, teacher)));
    }

    private static String figure(TrainFigures figures) {
        return figures.givesScores() ? QualityView.headline(figures) : "F1";
    }

    private static Tile calibration(ModelFigures.Calibration calibration, TrainFigures figures) {
        boolean calibrated = calibration.isCalibrated();
        return new Tile(
                calibrated ? "Calibrated" : "Not calibrated",
                calibrated ? "probabilities mean what they say" : direction(figures),
                "error " + NumberText.score(calibration.ece()) + ", chance allows "
                        + NumberText.score(calibration.eceFloor()),
                calibrated ? "good word" : "bad word");
    }

    private static Tile error(ModelFigures.Scores scores, ModelFigures teacher) {
        return new Tile(
                NumberText.score(scores.mae().value()),
                "mean error of a score",
                teacher.scores()
                        .map(other ->
                                "the teacher’s " + NumberText.score(other.mae().value()))
                        .orElse(""),
                "");
    }

    /** Which way the student's probabilities are off, over all evaluation documents. */
    private static String direction(TrainFigures figures) {
        double excess = figures.reliability().stream()
                .filter(diagram -> diagram.model().equals("student"))
                .flatMap(diagram -> diagram.bins().stream())
                .mapToDouble(bin -> bin.documents() * (bin.confidence() - bin.accuracy()))
                .sum();
        return excess > 0 ? "surer than it is right, by more than chance" : "right more often than it says";
    }

    private static Tile size(long bytes, ModelFigures teacher) {
        String detail = teacher.bytes()
                .map(other -> "teacher " + NumberText.bytes(other))
                .orElse("");
        return teacher.bytes()
                .filter(other -> other > 0)
                .map(other -> new Tile(
                        NumberText.share(bytes, other),
                        "of the teacher’s size",
                        NumberText.bytes(bytes) + ", " + detail,
                        ""))
                .orElse(new Tile(NumberText.bytes(bytes), "to ship", detail, ""));
    }

    private static Tile scored(ScoreFigures figures, boolean isPublished) {
        return new Tile(
                NumberText.count(figures.documents()),
                isPublished ? "documents scored" : "documents scored, refused",
                NumberText.significant(figures.stageDocsPerSecond()) + " a second, start to end",
                isPublished ? "" : "bad");
    }

    static Tile removed(CurateFigures figures) {
        long removed = CurationView.sum(figures.removedByReason());
        return new Tile(
                NumberText.count(removed),
                "documents removed",
                NumberText.share(removed, figures.read()) + " of " + NumberText.count(figures.read()) + " read",
                "");
    }
}
