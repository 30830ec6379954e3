package dev.stillhouse.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.teacher.MemberSpec.Candidate;
import dev.stillhouse.teacher.MemberSpec.Selection;
import dev.stillhouse.teacher.TeacherConfig.Kind;
import dev.stillhouse.teacher.TeacherConfig.Precision;
import dev.stillhouse.teacher.endpoint.EndpointConfig;
import dev.stillhouse.teacher.endpoint.EndpointSource;
import dev.stillhouse.teacher.endpoint.LabelQuestion;
import dev.stillhouse.teacher.endpoint.SummaryQuestion;
import dev.stillhouse.teacher.outputs.ColumnSource;
import dev.stillhouse.teacher.outputs.EncoderSource;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.onnx.CatalogueModel;
import dev.stillhouse.udfs.onnx.Device;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.Entailment;
import dev.stillhouse.udfs.onnx.ModelForm;
import dev.stillhouse.udfs.onnx.Reading;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.summary.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** From the {@code teacher} section of a task file to what can be run, and from what is kept of a teacher back to its models. */
public final class TeacherModels {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TeacherConfig config;
    private final Link link;
    private final UnaryOperator<String> folders;
    private final long seed;

    /**
     * The models of a section.
     *
     * @param link of what is learned
     * @param folders from a folder as the task file names it to where it is
     * @param seed the task's
     */
    public TeacherModels(TeacherConfig config, Link link, UnaryOperator<String> folders, long seed) {
        this.config = config;
        this.link = link;
        this.folders = folders;
        this.seed = seed;
    }

    /**
     * The teacher's members: itself, or those of an ensemble.
     *
     * @throws ConfigurationException if a model's files are missing
     */
    public List<MemberSpec> members() {
        return config.kind() == Kind.ENSEMBLE
                ? config.members().stream()
                        .map(member -> member(member.within(MemberConfig.Shared.of(config)), member.weight()))
                        .toList()
                : List.of(member(config, 1));
    }

    /** The model of a member that labelled, by what is kept of it. */
    public static EncoderSpec model(Teacher.Member member) {
        Kind kind = Kind.of(member.kind());
        ModelForm form = ModelForm.of(member.precision());
        EncoderSpec model =
                model(kind, member.model(), form, member.maxTokens()).withWindows(member.windows());
        return kind == Kind.NLI ? model.withEntailment(member.entailment()) : model;
    }

    /** The encoder of the section, in the first of its forms. */
    public EncoderSource encoder() {
        return source(model(config, config.precision().forms(path(config)).get(0)));
    }

    /** The server of the section, which writes summaries within a budget. */
    public EndpointSource summaries(Budget budget) {
        EndpointConfig server = config.endpoint().orElseThrow();
        String prompt = server.prompts().stream().findFirst().orElse(SummaryQuestion.PROMPT);
        return new EndpointSource(
                new SummaryQuestion(server.model(), prompt, budget, server.maxCharacters()), server, seed);
    }

    /** The kind of the section. */
    public Kind kind() {
        return config.kind();
    }

    /** The models of each member of an ensemble; none of another kind. */
    public List<WeightedModels> ofMembers() {
        return config.members().stream()
                .map(member -> new WeightedModels(
                        new TeacherModels(member.within(MemberConfig.Shared.of(config)), link, folders, seed),
                        member.weight()))
                .toList();
    }

    /**
     * A member of an ensemble.
     *
     * @param weight its weight, greater than 0
     */
    public record WeightedModels(TeacherModels models, double weight) {}

    private MemberSpec member(TeacherConfig member, double weight) {
        Selection selection = member.precision() == Precision.AUTO ? Selection.FASTEST_ALIKE : Selection.LEAST_LOSS;
        return new MemberSpec(member.kind().key(), weight, selection, candidates(member));
    }

    private List<Candidate> candidates(TeacherConfig member) {
        List<String> names = member.labels().stream().map(LabelConfig::name).toList();
        return switch (member.kind()) {
            case EMBEDDING_HEAD -> forms(member, model -> new HeadTrainer(link));
            case ONNX_REGRESSOR -> forms(member, model -> new RegressorHead(link, model));
            case ZERO_SHOT -> forms(member, model -> new ZeroShot(model, member.labels(), member.phrasings()));
            case ONNX_CLASSIFIER ->
                forms(member, model -> new LogitHead(link, names, () -> LogitHead.checkModel(model, names.size())));
            case NLI -> entailments(member);
            case HTTP -> questions(member, names);
            case COLUMN ->
                List.of(new Candidate(
                        "",
                        "",
                        new ColumnSource(member.column().orElseThrow(), outputs(names), link),
                        new LogitHead(link, outputs(names), () -> {})));
            case REFERENCE, SALIENCE ->
                throw new IllegalStateException(
                        "Invalid member: " + member.kind().key() + " (must give probabilities)");
            case ENSEMBLE -> throw new IllegalStateException("Invalid member: an ensemble (must be a single teacher)");
        };
    }

    private List<String> outputs(List<String> names) {
        return link == Link.IDENTITY ? List.of(StudentModel.SCORE) : names;
    }

    private List<Candidate> forms(TeacherConfig member, Function<EncoderSpec, HeadFitting> fitting) {
        boolean isOnGpu = !config.device().equals(Device.CPU.name());
        return member.precision().forms(path(member)).stream()
                // CUDA has no kernels for most of what makes integers fast.
                .filter(form -> member.precision() != Precision.AUTO
                        || form == ModelForm.FP32
                        || (form == ModelForm.FP16) == isOnGpu)
                .map(form -> {
                    EncoderSpec model = model(member, form);
                    return new Candidate("", form.key(), source(model), fitting.apply(model));
                })
                .toList();
    }

    private List<Candidate> entailments(TeacherConfig member) {
        ModelForm form = ModelForm.of(member.precision().key());
        EncoderSpec model = model(member, form);
        int logit = member.entailment().orElseGet(() -> entailment(folders.apply(member.model())));
        return member.phrasings().stream()
                .map(phrasing -> {
                    List<String> hypotheses = EntailmentHead.hypotheses(member.labels(), phrasing);
                    EncoderSpec asked = model.withEntailment(new Entailment(hypotheses, logit));
                    return new Candidate(
                            member.phrasings().size() == 1 ? "" : "phrasing " + phrasing,
                            form.key(),
                            source(asked),
                            new EntailmentHead(asked, member.labels()));
                })
                .toList();
    }

    /** The logit that a model's {@code config.json} calls entailment. */
    private static int entailment(String folder) {
        Path file = Path.of(folder, "config.json");
        try {
            JsonNode names = JSON.readTree(Files.readAllBytes(file)).path("id2label");
            for (Map.Entry<String, JsonNode> name : names.properties()) {
                if (name.getValue().asText().equalsIgnoreCase("entailment")
                        && name.getKey().matches("\\d{1,3}")) {
                    return Integer.parseInt(name.getKey());
                }
            }
        } catch (IOException e) {
            // Said below, as for a file that names no such logit.
        }
        throw new ConfigurationException("Invalid teacher.entailment: absent (must be given, since " + file
                + " does not say in id2label which logit means entailment)");
    }

    private List<Candidate> questions(TeacherConfig member, List<String> names) {
        EndpointConfig server = member.endpoint().orElseThrow();
        String described = member.labels().stream().map(LabelConfig::line).collect(Collectors.joining("\n"));
        List<String> prompts = server.prompts().isEmpty() ? List.of(LabelQuestion.PROMPT) : server.prompts();
        return prompts.stream()
                .map(prompt -> new Candidate(
                        prompts.size() == 1 ? "" : "prompt " + prompt.replaceAll("\\s+", " "),
                        "",
                        new EndpointSource(
                                new LabelQuestion(
                                        server.model(),
                                        prompt,
                                        names,
                                        described,
                                        server.answer(),
                                        server.logProbabilities(),
                                        server.maxCharacters()),
                                server,
                                seed),
                        new LogitHead(link, names, () -> {})))
                .toList();
    }

    /** Texts are run on the device; what little the driver runs, which may have no GPU, on its processor. */
    private EncoderSource source(EncoderSpec model) {
        return new EncoderSource(
                model.withDevice(new Device(config.device(), config.gpuMemory().orElse(0L))));
    }

    private EncoderSpec model(TeacherConfig member, ModelForm form) {
        return model(member.kind(), path(member), form, member.maxTokens()).withWindows(member.windows());
    }

    private String path(TeacherConfig member) {
        return CatalogueModel.of(member.model()).isPresent() ? member.model() : folders.apply(member.model());
    }

    private static EncoderSpec model(Kind kind, String model, ModelForm form, int maxTokens) {
        EncoderSpec encoder = EncoderSpec.of(model, form, maxTokens);
        return kind.readsLogits() ? encoder.withReading(Reading.LOGITS) : encoder;
    }
}
