package dev.stillhouse.teacher.endpoint;

/** What a task has spent and has promised to spend. Safe for use by several threads. */
final class Purse {
    private final Allotment allotment;
    private double requests;
    private double tokens;
    private double money;

    Purse(Allotment allotment) {
        this.allotment = allotment;
    }

    /** An attempt after the first; false where none is left. */
    synchronized boolean again() {
        if (requests + 1 > allotment.requests()) {
            return false;
        }
        requests++;
        return true;
    }

    /** Sets aside a request and what a question may cost; false where there is not so much left. */
    synchronized boolean reserve(double estimate, double answer) {
        double cost = allotment.cost(estimate - answer, answer);
        if (requests + 1 > allotment.requests()
                || tokens + estimate > allotment.tokens()
                || money + cost > allotment.money()) {
            return false;
        }
        requests++;
        tokens += estimate;
        money += cost;
        return true;
    }

    /** What was set aside becomes what it was. */
    synchronized void pay(double estimate, double answerEstimate, ChatAnswer answer) {
        tokens += answer.promptTokens() + answer.answerTokens() - estimate;
        money += allotment.cost((double) answer.promptTokens(), (double) answer.answerTokens())
                - allotment.cost(estimate - answerEstimate, answerEstimate);
    }
}
