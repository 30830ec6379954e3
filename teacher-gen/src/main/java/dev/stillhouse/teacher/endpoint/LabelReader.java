package dev.stillhouse.teacher.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.stillhouse.teacher.endpoint.ChatAnswer.Alternative;
import dev.stillhouse.teacher.endpoint.ChatAnswer.Token;
import dev.stillhouse.teacher.endpoint.EndpointConfig.Answer;
import dev.stillhouse.teacher.outputs.LabelLogits;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Answers to probabilities of labels. Where a server tells what else was likely, the answer is one path through a tree of tokens: at each of its tokens the alternatives lead to the labels that begin with what was said so far and the alternative,
 * and share its probability. So {@code P(label) = sum over tokens of P(path before) P(alternatives that lead to it)}, whatever the tokenizer, and what leads to no label is left out. Safe for use by several threads.
 */
final class LabelReader implements AnswerReader {
    /** An answer that is none of the labels. */
    static final String NO_LABEL = "no_label_in_answer";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VALUE = Pattern.compile("\"label\"\\s*:\\s*\"");

    private final List<String> labels;
    private final Answer kind;

    LabelReader(LabelQuestion question) {
        this.labels = question.labels();
        this.kind = question.answer();
    }

    @Override
    public Reading read(ChatAnswer answer) {
        int said = kind == Answer.TEXT ? plain(answer.content()) : json(answer.content());
        if (said < 0) {
            return Reading.none(answer.finishReason().equals("length") ? CUT_OFF : NO_LABEL);
        }
        double[] probabilities = new double[labels.size()];
        Optional<Spoken> spoken = spoken(answer);
        spoken.ifPresent(path -> follow(path, probabilities));
        if (!(Arrays.stream(probabilities).sum() > 0)) {
            probabilities[said] = 1;
        }
        return Reading.of(LabelLogits.of(probabilities));
    }

    private int json(String content) {
        try {
            JsonNode label = JSON.readTree(content).path("label");
            return label.isTextual() ? labels.indexOf(label.asText()) : -1;
        } catch (JsonProcessingException e) {
            return -1;
        }
    }

    private int plain(String content) {
        int exact = labels.indexOf(content.strip());
        if (exact >= 0) {
            return exact;
        }
        String said = content.strip().replaceAll("^[\"'`*]+|[\"'`*.!]+$", "").strip();
        exact = labels.indexOf(said);
        if (exact >= 0) {
            return exact;
        }
        int[] alike = IntStream.range(0, labels.size())
                .filter(label -> labels.get(label).toLowerCase(Locale.ROOT).equals(said.toLowerCase(Locale.ROOT)))
                .toArray();
        return alike.length == 1 ? alike[0] : -1;
    }

    /** The tokens of the label itself; empty where the server did not tell them, or they are not the content. */
    private Optional<Spoken> spoken(ChatAnswer answer) {
        StringBuilder whole = new StringBuilder();
        answer.tokens().forEach(token -> whole.append(token.text()));
        if (whole.isEmpty() || !whole.toString().startsWith(answer.content())) {
            return Optional.empty();
        }
        int start = start(answer.content());
        int before = 0;
        for (int i = 0; i < answer.tokens().size(); i++) {
            int after = before + answer.tokens().get(i).text().length();
            if (after > start) {
                return Optional.of(
                        new Spoken(answer.tokens().subList(i, answer.tokens().size()), start - before));
            }
            before = after;
        }
        return Optional.empty();
    }

    /** Where the label begins in the content. */
    private int start(String content) {
        if (kind == Answer.TEXT) {
            int start = 0;
            while (start < content.length() && !Character.isLetterOrDigit(content.charAt(start))) {
                start++;
            }
            return start;
        }
        Matcher value = VALUE.matcher(content);
        return value.find() ? value.end() : content.length();
    }

    private void follow(Spoken path, double[] probabilities) {
        String said = "";
        double before = 1;
        for (int i = 0; i < path.tokens().size(); i++) {
            Token token = path.tokens().get(i);
            int skipped = i == 0 ? path.skipped() : 0;
            String lead = token.text().substring(0, skipped);
            for (Alternative other : token.alternatives()) {
                if (!other.text().equals(token.text()) && other.text().startsWith(lead)) {
                    share(
                            said + other.text().substring(skipped),
                            before * probability(other.logProbability()),
                            probabilities);
                }
            }
            said += token.text().substring(skipped);
            before *= probability(token.logProbability());
            boolean last = i == path.tokens().size() - 1;
            if (last || meant(said).length < 2) {
                share(last && kind == Answer.TEXT ? end(said) : said, before, probabilities);
                return;
            }
        }
    }

    private void share(String said, double probability, double[] probabilities) {
        int[] meant = meant(said);
        for (int label : meant) {
            probabilities[label] += probability / meant.length;
        }
    }

    /** The labels that begin so, or the one that has ended. */
    private int[] meant(String said) {
        return IntStream.range(0, labels.size())
                .filter(label -> begins(spelled(labels.get(label)), said))
                .toArray();
    }

    private static boolean begins(String label, String said) {
        return label.startsWith(said) || said.startsWith(label);
    }

    /** The label as it is written in an answer, and what ends it. */
    private String spelled(String label) {
        if (kind == Answer.TEXT) {
            return label + "\n";
        }
        String quoted = TextNode.valueOf(label).toString();
        return quoted.substring(1);
    }

    private static String end(String said) {
        return said.strip() + "\n";
    }

    private static double probability(double logProbability) {
        return Double.isNaN(logProbability) ? 0 : Math.min(1, Math.exp(logProbability));
    }

    /** Tokens from the one where the label begins, with how many characters of that one come before it. */
    private record Spoken(List<Token> tokens, int skipped) {}
}
