package dev.stillhouse.scoring.cascade;

/** By which bound a sample shows what is promised of all documents. A document's loss is 1 less the agreement of student and teacher on it, and 0 where the teacher answers. */
public enum Bound {
    /** Of losses that are 0 or 1, such as those of labels: exact, by {@link Bounds#rate} and {@link Bounds#count}. */
    CLOPPER_PEARSON {
        @Override
        double risk(double lost, long sample, double confidence) {
            return Bounds.rate(Math.round(lost), sample, confidence);
        }

        @Override
        double realised(double lost, long sample, long documents, double confidence) {
            long found = Math.round(lost);
            return (double) (Bounds.count(found, sample, documents, confidence) - found) / documents;
        }
    },

    /** Of losses from 0 to 1, such as those of summaries: by {@link Bounds#mean}. */
    HOEFFDING_BENTKUS {
        @Override
        double risk(double lost, long sample, double confidence) {
            return Bounds.mean(lost, sample, confidence);
        }

        @Override
        double realised(double lost, long sample, long documents, double confidence) {
            return sample == documents ? 0 : Math.max(0, Bounds.mean(lost, sample, confidence) - lost / documents);
        }
    };

    /**
     * The greatest mean loss that the sample leaves possible over a source without end.
     *
     * @param lost the sample's losses, summed
     * @param sample its size, at least 1
     */
    abstract double risk(double lost, long sample, double confidence);

    /**
     * The greatest mean loss that the sample leaves possible over the documents that it was drawn from, where the teacher answers those of the sample.
     *
     * @param documents at least the sample
     */
    abstract double realised(double lost, long sample, long documents, double confidence);
}
