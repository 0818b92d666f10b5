package com.optiply.sync.chaos;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Once faults have stopped and at most three runs have passed, Optiply holds exactly one object with the expected content
 * for every record that matches the store's rules; each seed is another shop, other changes, other faults.
 *
 * <p>{@code -Dchaos.seeds=N} plays N seeds, {@code -Dchaos.seed=N} the one with this number.
 */
class ChaosTest {

    static LongStream seeds() {
        Long only = Long.getLong("chaos.seed");
        return only != null ? LongStream.of(only) : LongStream.rangeClosed(1, Integer.getInteger("chaos.seeds", 24));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLostAndNothingComesTwice(long seed) throws IOException, InterruptedException {
        String red = play(seed, Story.AS_IT_IS);
        if (red != null) {
            fail(red);
        }
    }

    /** Plays a seed; null if the promise held, else what broke it and how to see it again. */
    static String play(long seed, Story.Build build) throws IOException, InterruptedException {
        try (Story story = new Story(seed, build)) {
            try {
                story.play();
                return null;
            } catch (Story.Red | RuntimeException | IOException e) {
                String what = e instanceof Story.Red ? e.getMessage() : e + " " + List.of(e.getStackTrace());
                return "seed " + seed + ": " + what + "\n" + story.told()
                        + "\nto see it again: mvn -B test -Dtest=ChaosTest -Dchaos.seed=" + seed;
            }
        }
    }
}
