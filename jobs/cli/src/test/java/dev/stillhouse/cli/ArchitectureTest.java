package dev.stillhouse.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The arrows between rooms, and what only the command line may do. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.stillhouse");

    private static final String UDFS = "dev.stillhouse.udfs..";
    private static final String DATASETS = "dev.stillhouse.datasets..";
    private static final String CURATION = "dev.stillhouse.curation..";
    private static final String TEACHER = "dev.stillhouse.teacher..";
    private static final String STUDENT = "dev.stillhouse.student..";
    private static final String SCORING = "dev.stillhouse.scoring..";
    private static final String REPORTS = "dev.stillhouse.reports..";
    private static final String CLI = "dev.stillhouse.cli..";

    private static final ArchRule KERNELS_KNOW_NO_OTHER_ROOM = noClasses()
            .that()
            .resideInAPackage(UDFS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DATASETS, CURATION, TEACHER, STUDENT, SCORING, REPORTS, CLI);

    private static final ArchRule DATASETS_KNOW_KERNELS_ONLY = noClasses()
            .that()
            .resideInAPackage(DATASETS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CURATION, TEACHER, STUDENT, SCORING, REPORTS, CLI);

    private static final ArchRule CURATION_TEACHER_AND_STUDENT_DO_NOT_KNOW_EACH_OTHER = slices().matching(
                    "dev.stillhouse.(curation|teacher|student)..")
            .should()
            .notDependOnEachOther();

    private static final ArchRule STAGES_DO_NOT_KNOW_WHAT_RUNS_THEM = noClasses()
            .that()
            .resideInAnyPackage(CURATION, TEACHER, STUDENT, SCORING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(REPORTS, CLI);

    private static final ArchRule REPORTS_KNOW_THEIR_RECORDS_ONLY = noClasses()
            .that()
            .resideInAPackage(REPORTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    UDFS,
                    DATASETS,
                    CURATION,
                    TEACHER,
                    STUDENT,
                    SCORING,
                    CLI,
                    "org.apache.spark..",
                    "org.apache.hadoop..");

    private static final ArchRule PLAIN_KERNELS_KNOW_NO_SPARK = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.stillhouse.udfs.text..",
                    "dev.stillhouse.udfs.quality..",
                    "dev.stillhouse.udfs.minhash..",
                    "dev.stillhouse.udfs.student..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.spark..");

    private static final ArchRule ONLY_THE_COMMAND_LINE_OPENS_A_SESSION =
            noClasses().that().resideOutsideOfPackage(CLI).should().callMethod(SparkSession.class, "builder");

    private static final ArchRule ONLY_THE_COMMAND_LINE_EXITS =
            noClasses().that().resideOutsideOfPackage(CLI).should().callMethod(System.class, "exit", int.class);

    private static final ArchRule ONLY_THE_COMMAND_LINE_READS_A_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    private static final ArchRule PACKAGES_ARE_DESCRIBED = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .haveNameMatching("dev\\.stillhouse\\..*")
            .should(beInADescribedPackage());

    private static final ArchRule NAMES_ARE_NOUNS_OF_THE_FIELD = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @TestFactory
    Stream<DynamicTest> everyRuleHolds() {
        return Stream.of(
                        KERNELS_KNOW_NO_OTHER_ROOM,
                        DATASETS_KNOW_KERNELS_ONLY,
                        CURATION_TEACHER_AND_STUDENT_DO_NOT_KNOW_EACH_OTHER,
                        STAGES_DO_NOT_KNOW_WHAT_RUNS_THEM,
                        REPORTS_KNOW_THEIR_RECORDS_ONLY,
                        PLAIN_KERNELS_KNOW_NO_SPARK,
                        ONLY_THE_COMMAND_LINE_OPENS_A_SESSION,
                        ONLY_THE_COMMAND_LINE_EXITS,
                        ONLY_THE_COMMAND_LINE_READS_A_CLOCK,
                        PACKAGES_ARE_DESCRIBED,
                        NAMES_ARE_NOUNS_OF_THE_FIELD)
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES)));
    }

    private static ArchCondition<JavaClass> beInADescribedPackage() {
        return new ArchCondition<>("be in a package with a package-info.java") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (type.getPackage().tryGetPackageInfo().isEmpty()) {
                    events.add(
                            SimpleConditionEvent.violated(type, type.getPackageName() + " has no package-info.java"));
                }
            }
        };
    }
}
