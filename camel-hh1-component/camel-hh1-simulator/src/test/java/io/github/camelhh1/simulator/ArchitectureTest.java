package io.github.camelhh1.simulator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The simulator judges the component: it must share nothing with it. */
class ArchitectureTest {
    private static final String ROOT = "io.github.camelhh1.simulator";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(Hh1Simulator.class.getProtectionDomain().getCodeSource().getLocation());

    /** Each top-level type with its nested ones. */
    private static final SliceAssignment TYPES =
            slicedBy("types", type -> type.getName().replaceFirst("\\$.*", ""));

    private static final SliceAssignment PACKAGES = slicedBy("packages", JavaClass::getPackageName);

    @Test
    void dependsOnNothingOfTheComponent() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAPackage(ROOT + "..").or(not(resideInAPackage("io.github.camelhh1.."))))
                .check(MAIN);
    }

    @Test
    void hasNoCycleOfPackages() {
        slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void holdsNoMoreThanTwentyFilesInAPackage() {
        var files = MAIN.stream()
                .filter(type -> !type.getName().contains("$"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(files)
                .containsKey(ROOT)
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(20));
    }

    @Test
    void hasNoCycleOfTypes() {
        slices().assignedFrom(TYPES).should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void knowsNoCamel() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(MAIN);
    }

    @Test
    void readsImagesInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".pictures")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.drew..")
                .check(MAIN);
    }

    @Test
    void keepsWhatMayBeMissingInOneClassEach() {
        noClasses()
                .that()
                .doNotHaveSimpleName("JCodecFilmmaker")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jcodec..")
                .check(MAIN);
        noClasses()
                .that()
                .doNotHaveSimpleName("Hh1SimulatorExtension")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(MAIN);
    }

    @Test
    void printsInItsProgramOnly() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SimulatorMain")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(MAIN);
    }

    private static SliceAssignment slicedBy(String description, Function<JavaClass, String> name) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(name.apply(type));
            }

            @Override
            public String getDescription() {
                return description;
            }
        };
    }
}
