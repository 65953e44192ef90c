package io.github.camelhh1.examples.fleet;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** An example shows what users may rely on, and nothing else of the component. */
class PublicTypesTest {
    private static final String ROOT = "io.github.camelhh1";
    private static final DescribedPredicate<JavaClass> PUBLIC = resideInAnyPackage(
                    ROOT, ROOT + ".failure", ROOT + ".ledger", ROOT + ".simulator", ROOT + ".examples..")
            .or(simpleName("GenerationRequest"))
            .or(simpleName("Staging"));

    @Test
    void areAllThatTheExampleUses() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".examples..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(DescribedPredicate.not(PUBLIC)))
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(ROOT + ".examples.fleet"));
    }
}
