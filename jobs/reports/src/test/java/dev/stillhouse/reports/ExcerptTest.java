package dev.stillhouse.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void whatIsShortStays() {
        assertThat(Excerpt.beginning("four", 4)).isEqualTo("four");
        assertThat(Excerpt.ends("four", 4)).isEqualTo("four");
        assertThat(Excerpt.ends("", 4)).isEmpty();
    }

    @Test
    void aLongBeginningIsCutBetweenCodePoints() {
        assertThat(Excerpt.beginning("ab😀cd", 3)).isEqualTo("ab😀 …");
    }

    @Test
    void endsAreCutBetweenWords() {
        assertThat(Excerpt.ends("the first of many words and the last", 20)).isEqualTo("the first … the last");
        assertThat(Excerpt.ends("😀😀😀😀😀", 4)).isEqualTo("😀😀 … 😀😀");
    }
}
