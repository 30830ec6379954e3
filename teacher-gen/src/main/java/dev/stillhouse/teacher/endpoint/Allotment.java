package dev.stillhouse.teacher.endpoint;

import dev.stillhouse.teacher.endpoint.EndpointConfig.BudgetConfig;
import dev.stillhouse.teacher.endpoint.EndpointConfig.PriceConfig;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import java.io.Serializable;

/**
 * What may be spent; infinite where there is no limit. Serialisable.
 *
 * @param requests requests, those that are tried again included
 * @param tokens tokens of questions and answers
 * @param money in the price's currency
 * @param inputPrice money for a token of a question
 * @param outputPrice money for a token of an answer
 */
record Allotment(double requests, double tokens, double money, double inputPrice, double outputPrice)
        implements Serializable {
    private static final double MILLION = 1e6;

    static Allotment of(EndpointConfig config) {
        double none = Double.POSITIVE_INFINITY;
        return new Allotment(
                config.budget()
                        .flatMap(BudgetConfig::requests)
                        .map(Long::doubleValue)
                        .orElse(none),
                config.budget()
                        .flatMap(BudgetConfig::tokens)
                        .map(Long::doubleValue)
                        .orElse(none),
                config.budget().flatMap(BudgetConfig::money).orElse(none),
                config.price().map(PriceConfig::input).orElse(0.0) / MILLION,
                config.price().map(PriceConfig::output).orElse(0.0) / MILLION);
    }

    /** What tokens cost. */
    double cost(double questionTokens, double answerTokens) {
        return questionTokens * inputPrice + answerTokens * outputPrice;
    }

    private double cost(InferenceMeter meter) {
        return cost((double) meter.tokens(), (double) meter.answerTokens());
    }

    /** Whether there is a limit at all. */
    boolean isLimited() {
        return requests < Double.POSITIVE_INFINITY
                || tokens < Double.POSITIVE_INFINITY
                || money < Double.POSITIVE_INFINITY;
    }

    /** What is left after what a meter says was spent. */
    Allotment after(InferenceMeter meter) {
        return new Allotment(
                requests - meter.requests(),
                tokens - meter.tokens() - meter.answerTokens(),
                money - cost(meter),
                inputPrice,
                outputPrice);
    }

    /** An equal part of it. */
    Allotment part(int parts) {
        return new Allotment(requests / parts, tokens / parts, money / parts, inputPrice, outputPrice);
    }

    /** How many texts it suffices for, if each costs what those of a meter did on average; infinite where nothing is known. */
    double texts(InferenceMeter meter) {
        double asked = meter.texts();
        if (asked == 0) {
            return requests;
        }
        return Math.min(
                Math.min(
                        requests / (meter.requests() / asked),
                        tokens / ((meter.tokens() + meter.answerTokens()) / asked)),
                money / (cost(meter) / asked));
    }
}
