package io.github.camelhh1;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.camelhh1.generation.Generator;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, and what is banned everywhere. */
class ArchitectureTest {
    private static final String ROOT = "io.github.camelhh1";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(Hh1Component.class.getProtectionDomain().getCodeSource().getLocation());

    /** The types of Camel's face that the other packages may use: names of headers, values of options. */
    private static final DescribedPredicate<JavaClass> WORDS_OF_CAMEL = belongToAnyOf(
            Hh1Constants.class, Hh1ComponentOptions.class, Hh1Configuration.class, Hh1MessageOptions.class);

    /** Each top-level type with its nested ones; Camel's own circle counts as one. */
    private static final SliceAssignment TYPES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getName().replaceFirst("\\$.*", "");
            boolean camels =
                    name.matches("io\\.github\\.camelhh1\\.(Hh1Component|Hh1Endpoint|\\w+Producer|Hh1Consumer)");
            return SliceIdentifier.of(camels ? "component, endpoint, producers" : name);
        }

        @Override
        public String getDescription() {
            return "types";
        }
    };

    @Nested
    class Arrows {
        @Test
        void formNoCycleOfPackages() {
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
        }

        /** A component makes endpoints, an endpoint makes producers, and each knows who made it: that one is Camel's. */
        @Test
        void formNoCycleOfTypesButCamelsOwn() {
            slices().assignedFrom(TYPES).should().beFreeOfCycles().check(MAIN);
        }

        @Test
        void leaveTheFaceOfCamelToNobodyButItsWords() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(ROOT, ROOT + ".springboot")
                    .should()
                    .dependOnClassesThat(resideInAPackage(ROOT).and(not(WORDS_OF_CAMEL)))
                    .check(MAIN);
        }

        @Test
        void leaveTheWiringToTheFaceOfCamel() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(ROOT, ROOT + ".wiring")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + ".wiring")
                    .check(MAIN);
        }

        @Test
        void leaveMessagesToWhatTheySay() {
            only(
                    ".message..",
                    ".generation..",
                    ".image",
                    ".image.preflight",
                    ".ledger",
                    ".download..",
                    ".staging..",
                    ".failure..",
                    ".text..");
        }

        @Test
        void leaveKeysToMessages() {
            only(".key..", ".message..", ".text..");
        }

        @Test
        void leaveSpringBootToNobodyButTheComponent() {
            only(".springboot", "");
        }

        @Test
        void leaveObserversToTheWords() {
            only(".observe", ".generation..", ".ledger", ".failure", ".async..", ".text..");
        }

        @Test
        void leaveFailuresToTheLedgersWords() {
            only(".failure..", ".ledger");
        }

        @Test
        void leaveStagingToImages() {
            only(".staging..", ".image", ".async..", ".text..");
        }

        @Test
        void leaveImagesToTexts() {
            only(".image..", ".async..", ".text..");
            only(".image.preflight..", ".image");
        }

        @Test
        void leaveTheRoomsToTheirPorts() {
            only(
                    ".rooms..",
                    ".generation..",
                    ".lookup",
                    ".ledger",
                    ".image",
                    ".image.preflight",
                    ".staging..",
                    ".async..",
                    ".text..");
        }

        @Test
        void leaveTheWordsToThoseOfTheLedgerAndOfImages() {
            only(".generation..", ".ledger", ".image", ".staging..", ".async..", ".text..");
        }

        @Test
        void leaveTheInnermostRoomToTheHeartAndTheTransport() {
            only(
                    ".cloudflare..",
                    ".service",
                    ".lookup",
                    ".generation..",
                    ".http..",
                    ".ledger..",
                    ".async..",
                    ".text..");
            only(".lookup", ".generation..", ".ledger", ".async..");
            only(
                    ".modelstudio..",
                    ".service",
                    ".lookup",
                    ".generation..",
                    ".http..",
                    ".ledger..",
                    ".async..",
                    ".text..");
            only(".service..", ".generation..", ".http..", ".image..", ".ledger..", ".text..");
        }

        @Test
        void leaveDownloadsToLinksAndTheTransport() {
            only(".download..", ".link..", ".http..", ".async..", ".text..");
        }

        @Test
        void leaveLinksToTheTransport() {
            only(".link..", ".http..", ".async..", ".text..");
        }

        @Test
        void leaveTheLedgerToTexts() {
            only(".ledger..", ".text..");
        }

        @Test
        void leaveTheFenceToTheLedgersWords() {
            only(".ledger.fence..", ".ledger", ".text..");
        }

        @Test
        void leaveTheLedgerInMemoryToTheFence() {
            only(".ledger.memory..", ".ledger", ".ledger.fence..", ".text..");
        }

        @Test
        void leaveTheStatementsToTheFence() {
            only(".ledger.jdbc..", ".ledger", ".ledger.fence..", ".text..");
        }

        @Test
        void leaveTextsToNobody() {
            only(".text..");
        }

        @Test
        void leaveTimeToNobody() {
            only(".async..");
        }

        @Test
        void leaveTheTransportToItself() {
            only(".http..");
        }

        @Test
        void pointAtTheSimulatorFromItsKeeperOnly() {
            noClasses()
                    .that()
                    .doNotHaveSimpleName("EmbeddedSimulator")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + ".simulator..")
                    .check(MAIN);
        }

        private void only(String from, String... to) {
            String[] allowed = new String[to.length];
            for (int i = 0; i < to.length; i++) {
                allowed[i] = ROOT + to[i];
            }
            classes()
                    .that()
                    .resideInAPackage(ROOT + from)
                    .should()
                    .onlyDependOnClassesThat(not(resideInAnyPackage(ROOT + ".."))
                            .or(resideInAnyPackage(ROOT + from))
                            .or(resideInAnyPackage(allowed))
                            .or(WORDS_OF_CAMEL))
                    .check(MAIN);
        }
    }

    @Nested
    class Libraries {
        @Test
        void areNoneInTheRoomsAndTheWords() {
            classes()
                    .that()
                    .resideInAnyPackage(ROOT + ".rooms..", ROOT + ".generation..", ROOT + ".async..")
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "org.slf4j..", ROOT + ".."))
                    .check(MAIN);
        }

        @Test
        void camelStaysInItsFaceAndAtTheEdges() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            ROOT,
                            ROOT + ".wiring",
                            ROOT + ".message",
                            ROOT + ".key",
                            ROOT + ".failure",
                            ROOT + ".staging",
                            ROOT + ".observe",
                            ROOT + ".springboot")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.camel..")
                    .check(MAIN);
        }

        @Test
        void theHttpClientStaysInItsPackage() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + ".http")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.hc..")
                    .check(MAIN);
        }

        @Test
        void springStaysInItsPackage() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + ".springboot")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework..", "org.apache.camel.spring..")
                    .check(MAIN);
        }

        /** An application without Micrometer loads the rest of the component. */
        @Test
        void micrometerStaysInOneClass() {
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName(ROOT + ".observe.Meters")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.micrometer..")
                    .check(MAIN);
        }

        @Test
        void jacksonIsInNoPublicSignature() {
            classes()
                    .that()
                    .arePublic()
                    .should()
                    .onlyDependOnClassesThat(not(resideInAnyPackage("com.fasterxml..")))
                    .check(MAIN);
        }
    }

    @Nested
    class Banned {
        @Test
        void isTheClockOnTheWall() {
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .check(MAIN);
        }

        @Test
        void isMakingThreadsByHand() {
            noClasses()
                    .should()
                    .callConstructor(Thread.class, Runnable.class)
                    .orShould()
                    .callConstructor(Thread.class, Runnable.class, String.class)
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class)
                    .check(MAIN);
        }

        /** A call that a name server may delay belongs on a thread that may wait. */
        @Test
        void isLookingUpNamesByTheWay() {
            noClasses()
                    .that()
                    // Asked by the pool of names; an address in brackets or in four decimal numbers.
                    .haveNameNotMatching(".*\\.(HostNames.Resolver|IpLiteral).*")
                    .should()
                    .callMethod(InetAddress.class, "getByName", String.class)
                    .orShould()
                    .callMethod(InetAddress.class, "getAllByName", String.class)
                    .orShould()
                    .callMethod(InetAddress.class, "getLocalHost")
                    .orShould()
                    .callMethod(InetAddress.class, "getCanonicalHostName")
                    .orShould()
                    .callConstructor(InetSocketAddress.class, String.class, int.class)
                    .check(MAIN);
        }

        @Test
        void isStandardOutput() {
            noClasses()
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err")
                    .check(MAIN);
        }

        @Test
        void areOldWaysOfDoingThings() {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(HttpURLConnection.class)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(ObjectInputStream.class)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(ObjectOutputStream.class)
                    .check(MAIN);
        }
    }

    @Nested
    class Packages {
        @Test
        void holdNoMoreThanTwentyFiles() {
            var files = MAIN.stream()
                    .filter(type -> !type.getName().contains("$"))
                    // Camel's generator wrote these.
                    .filter(type -> !type.getSimpleName().matches("\\w+(Configurer|UriFactory|Loader)"))
                    .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
            assertThat(files)
                    .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(20));
        }
    }

    @Nested
    class Types {
        /** Each room is a detail of the stack: nothing outside of its package may name one, or build on one. */
        @Test
        void ofTheRoomsAreFinalAndHidden() {
            classes()
                    .that()
                    .resideInAPackage(ROOT + ".rooms..")
                    .and()
                    .implement(Generator.class)
                    .should()
                    .haveModifier(JavaModifier.FINAL)
                    .andShould()
                    .bePackagePrivate()
                    .check(MAIN);
        }

        /** An innermost room has a package of its own, so the place that builds the stack must see it. */
        @Test
        void ofTheInnermostRoomsAreFinal() {
            classes()
                    .that()
                    .resideOutsideOfPackage(ROOT + ".rooms..")
                    .and()
                    .implement(Generator.class)
                    .should()
                    .haveModifier(JavaModifier.FINAL)
                    .check(MAIN);
        }

        @Test
        void ofFailuresAreFinalLeaves() {
            classes()
                    .that()
                    .areAssignableTo(io.github.camelhh1.failure.Hh1Exception.class)
                    .and()
                    .doNotHaveSimpleName("Hh1Exception")
                    .should()
                    .haveModifier(JavaModifier.FINAL)
                    .check(MAIN);
        }
    }
}
