package dev.stillhouse.teacher;

import dev.stillhouse.datasets.numeric.LinkRegression;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.util.List;

/**
 * One {@link LinkRegression} on gold.
 *
 * @param link whose loss it is
 * @param c weight of the rows against the penalty; what scikit-learn calls C
 * @param maxIterations steps of L-BFGS at most
 */
record HeadFit(Link link, double c, int maxIterations) {

    /** The head at temperature 1; labels that no example has get a small probability. */
    Head fit(List<HeadTrainer.Example> examples, List<String> labels) {
        float[][] vectors = examples.stream().map(HeadTrainer.Example::vector).toArray(float[][]::new);
        double[][] targets = examples.stream().map(HeadTrainer.Example::target).toArray(double[][]::new);
        LinkRegression.Fit fit = new LinkRegression(link, vectors, targets).fit(c, maxIterations);
        return new Head(labels, fit.weights(), fit.bias(), 1, Decision.by(link));
    }
}
