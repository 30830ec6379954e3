package dev.stillhouse.teacher.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.teacher.endpoint.ChatAnswer.Alternative;
import dev.stillhouse.teacher.endpoint.ChatAnswer.Token;
import dev.stillhouse.teacher.endpoint.EndpointConfig.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelReaderTest {
    private static final List<String> LABELS = List.of("card", "card_arrival", "refund");

    @Test
    void aLabelWithoutProbabilitiesIsThatLabelAlone() {
        assertThat(probabilities(json("{\"label\": \"refund\"}"))).containsExactly(1e-4, 1e-4, 1);
        assertThat(probabilities(text("  Refund. "))).containsExactly(1e-4, 1e-4, 1);
        assertThat(probabilities(text("**card**"))).containsExactly(1, 1e-4, 1e-4);
    }

    @Test
    void alternativesOfTheFirstTokenThatTellsLabelsApartAreTheirProbabilities() {
        double[] p = probabilities(json(
                "{\"label\":\"refund\"}",
                token("{\"", 1),
                token("label", 1),
                token("\":\"", 1),
                token("ref", 0.7, "card", 0.2, "zebra", 0.1),
                token("und", 1),
                token("\"}", 1)));
        // "card" begins two labels, which share it; "zebra" leads nowhere; 0.9 is left.
        assertThat(p).containsExactly(new double[] {0.1 / 0.9, 0.1 / 0.9, 0.7 / 0.9}, within(1e-6));
    }

    @Test
    void aLabelThatBeginsAnotherEndsWhereTheAnswerDoes() {
        double[] p = probabilities(json(
                "{\"label\":\"card\"}",
                token("{\"label\":\"", 1),
                token("card", 0.8, "refund", 0.2),
                token("\"}", 0.75, "_arrival", 0.25)));
        assertThat(p).containsExactly(new double[] {0.6, 0.2, 0.2}, within(1e-6));
        double[] longer = probabilities(json(
                "{\"label\":\"card_arrival\"}",
                token("{\"label\":\"", 1),
                token("card", 0.8, "refund", 0.2),
                token("_arr", 0.25, "\"}", 0.75),
                token("ival\"}", 1)));
        assertThat(longer).containsExactly(new double[] {0.6, 0.2, 0.2}, within(1e-6));
    }

    @Test
    void aTokenMayBeginBeforeTheLabelDoes() {
        double[] p = probabilities(json(
                "{\"label\":\"refund\"}",
                token("{\"label\":", 1),
                token("\"refund", 0.9, "\"card_arrival", 0.06, "'card", 0.04),
                token("\"}", 1)));
        assertThat(p).containsExactly(new double[] {1e-4, 0.0625, 0.9375}, within(1e-6));
    }

    @Test
    void freeTextIsReadTheSameWay() {
        double[] p = probabilities(text("card", token("card", 0.9, "ref", 0.1)));
        assertThat(p).containsExactly(new double[] {0.9, 1e-4, 0.1}, within(1e-6));
        double[] spaced = probabilities(text(" card_arrival", token(" card", 1), token("_arrival", 1)));
        assertThat(spaced).containsExactly(1e-4, 1, 1e-4);
    }

    @Test
    void labelsWithQuotesAndAccentsAreReadAsJsonWritesThem() {
        List<String> labels = List.of("a \"b\"", "é");
        LabelReader reader = new LabelReader(question(labels, Answer.JSON_SCHEMA));
        ChatAnswer answer = json(
                "{\"label\":\"a \\\"b\\\"\"}",
                token("{\"label\":\"", 1),
                token("a ", 0.75, "é", 0.25),
                token("\\\"b\\\"", 1),
                token("\"}", 1));
        float[] logits = reader.read(answer).logits().orElseThrow();
        assertThat(Math.exp(logits[0])).isCloseTo(0.75, within(1e-6));
        assertThat(Math.exp(logits[1])).isCloseTo(0.25, within(1e-6));
    }

    @Test
    void tokensThatAreNotTheAnswerAreNotBelieved() {
        assertThat(probabilities(json("{\"label\":\"refund\"}", token("card", 1))))
                .containsExactly(1e-4, 1e-4, 1);
        assertThat(probabilities(
                        json("{\"label\":\"refund\"}", new Token("{\"label\":\"refund\"}", Double.NaN, List.of()))))
                .containsExactly(1e-4, 1e-4, 1);
    }

    @Test
    void nonsenseHasAReason() {
        for (String content :
                List.of("", "refund", "{\"label\": \"zebra\"}", "{\"label\": 3}", "[]", "{\"label\":\"ref")) {
            AnswerReader.Reading reading = reader(Answer.JSON_SCHEMA).read(json(content));
            assertThat(reading.reason()).as(content).isEqualTo(LabelReader.NO_LABEL);
            assertThat(reading.logits()).as(content).isEmpty();
        }
        assertThat(reader(Answer.TEXT).read(text("I would say card or refund")).reason())
                .isEqualTo(LabelReader.NO_LABEL);
        assertThat(reader(Answer.JSON_SCHEMA)
                        .read(new ChatAnswer("{\"label\":\"ref", List.of(), "length", 1, 1))
                        .reason())
                .isEqualTo(AnswerReader.CUT_OFF);
    }

    private static double[] probabilities(Said said) {
        float[] logits = reader(said.kind()).read(said.answer()).logits().orElseThrow();
        double[] p = new double[logits.length];
        for (int label = 0; label < p.length; label++) {
            p[label] = Math.round(Math.exp(logits[label]) * 1e7) / 1e7;
        }
        return p;
    }

    private static double[] probabilities(ChatAnswer answer) {
        return probabilities(new Said(answer, answer.content().startsWith("{") ? Answer.JSON_SCHEMA : Answer.TEXT));
    }

    private static LabelReader reader(Answer kind) {
        return new LabelReader(question(LABELS, kind));
    }

    static LabelQuestion question(List<String> labels, Answer kind) {
        return new LabelQuestion("m", "{labels} {text}", labels, "", kind, true, 1000);
    }

    private static ChatAnswer json(String content, Token... tokens) {
        return new ChatAnswer(content, List.of(tokens), "stop", 1, 1);
    }

    private static ChatAnswer text(String content, Token... tokens) {
        return json(content, tokens);
    }

    private static Token token(String text, double probability, Object... others) {
        List<Alternative> alternatives = new ArrayList<>(List.of(new Alternative(text, Math.log(probability))));
        for (int i = 0; i < others.length; i += 2) {
            alternatives.add(new Alternative((String) others[i], Math.log((double) others[i + 1])));
        }
        return new Token(text, Math.log(probability), alternatives);
    }

    private record Said(ChatAnswer answer, Answer kind) {}
}
