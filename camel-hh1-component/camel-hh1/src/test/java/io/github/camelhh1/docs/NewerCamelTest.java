package io.github.camelhh1.docs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the profile of the newer Camel LTS leaves out cannot tell it from the older one. */
class NewerCamelTest {
    private static final String ROOT = "io.github.camelhh1";
    private static final Pattern LEFT_OUT = Pattern.compile("io/github/camelhh1/(\\w+)/\\*\\*");
    /** Only its factory method knows exchanges, which none of these tests calls. */
    private static final String CALLER = "/Staging$Caller.class";

    private static String[] packagesLeftOut() throws IOException {
        return LEFT_OUT.matcher(Files.readString(Path.of("../../pom.xml")))
                .results()
                .map(found -> ROOT + "." + found.group(1) + "..")
                .toArray(String[]::new);
    }

    /** Through all classes of the component, of the simulator and of the tests that a test uses. */
    @Test
    void whatIsLeftOutUsesNothingThatHasAnotherVersionThere() throws IOException {
        assertThat(packagesLeftOut()).isNotEmpty();
        noClasses()
                .that()
                .resideInAnyPackage(packagesLeftOut())
                .should()
                .transitivelyDependOnClassesThat(resideInAnyPackage(
                        "org.apache.camel..",
                        "org.apache.hc..",
                        "com.fasterxml.jackson..",
                        "org.springframework..",
                        "io.micrometer.."))
                .check(allButTheCaller());
    }

    private static JavaClasses allButTheCaller() {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .withImportOption(location -> !location.contains(CALLER))
                    .importPackages(ROOT);
        });
    }
}
