package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.teacher.Teacher.Member;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.Entailment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeacherTest {
    private static final Head HEAD = new Head(List.of("x", "y"), new float[][] {{1, 0}, {0, 1}}, new float[2], 1);
    private static final Member MEMBER =
            new Member("embedding-head", "models/a", "fp32", 8, 1, Entailment.NONE, "abc", "C = 3");

    @Test
    void jsonGivesTheSameTeacherBack() {
        Teacher teacher = new Teacher(
                "ensemble", List.of(MEMBER, MEMBER), new Mixture(List.of(HEAD, HEAD), List.of(1.0, 3.0), 0.7));
        Teacher read = Teacher.fromJson(teacher.toJson());
        assertThat(read.members()).isEqualTo(teacher.members());
        assertThat(read.mixture().weights()).containsExactly(0.25, 0.75);
        assertThat(read.mixture().temperature()).isEqualTo(0.7);
        assertThat(read.toJson()).isEqualTo(teacher.toJson());
    }

    @Test
    void theIdentityChangesWithWhatChangesProbabilitiesAndWithNothingElse() {
        String identity = teacher(MEMBER, HEAD).identity();
        assertThat(identity).matches("embedding-head-[0-9a-f]{12}");
        assertThat(teacher(MEMBER, HEAD.withTemperature(2)).identity()).isNotEqualTo(identity);
        assertThat(teacher(
                                new Member("embedding-head", "models/a", "fp32", 8, 1, Entailment.NONE, "abd", "C = 3"),
                                HEAD)
                        .identity())
                .isNotEqualTo(identity);
        assertThat(teacher(
                                new Member("embedding-head", "models/b", "fp32", 8, 1, Entailment.NONE, "abc", "C = 3"),
                                HEAD)
                        .identity())
                .isEqualTo(identity);
    }

    @Test
    void whatIsNoTeacherIsADataError() {
        String head =
                "{\"labels\":[\"a\",\"b\"],\"dimensions\":2,\"bias\":[0,0],\"temperature\":1,\"weights\":\"AAAA\"}";
        for (String json : List.of(
                "",
                "{}",
                "[1]",
                "no json",
                "{\"format\":1}",
                "{\"format\":2}",
                "{\"format\":2,\"members\":[{}]}",
                "{\"format\":2,\"members\":[{\"weight\":1,\"head\":" + head + "}]}")) {
            assertThatThrownBy(() -> Teacher.fromJson(json.getBytes(StandardCharsets.UTF_8)))
                    .as(json)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("teacher.json");
        }
    }

    private static Teacher teacher(Member member, Head head) {
        return new Teacher("embedding-head", List.of(member), Mixture.of(head));
    }
}
