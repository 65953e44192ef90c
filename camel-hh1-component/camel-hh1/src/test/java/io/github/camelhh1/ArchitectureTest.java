package io.github.camelhh1;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.camelhh1.generation.Generator;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, and what is banned everywhere. */
class ArchitectureTest {
    private static final String ROOT = "io.github.camelhh1";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(Hh1Component.class.getProtectionDomain().getCodeSource().getLocation());

    @Nested
    class Arrows {
        @Test
        void formNoCycle() {
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
        }

        @Test
        void leaveTheHeartToItsPortsOnly() {
            classes()
                    .that()
                    .resideInAPackage(ROOT + ".generation..")
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            ROOT + ".generation..",
                            ROOT + ".image..",
                            ROOT + ".ledger..",
                            ROOT + ".staging..",
                            ROOT + ".text.."))
                    .check(MAIN);
        }

        @Test
        void leaveTheInnermostRoomToTheHeartAndTheTransport() {
            only(".cloudflare..", ".generation..", ".http..", ".image..", ".ledger..", ".text..");
        }

        @Test
        void leaveVideosToTheTransport() {
            only(".video..", ".http..", ".generation..", ".text..");
        }

        @Test
        void leaveTheLedgerToTexts() {
            only(".ledger..", ".text..");
        }

        @Test
        void leaveTextsToNobody() {
            only(".text..");
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

        @Test
        void neverPointAtTheObserver() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(ROOT, ROOT + ".observe..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + ".observe..")
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
                            .or(resideInAnyPackage(allowed)))
                    .check(MAIN);
        }
    }

    @Nested
    class Libraries {
        @Test
        void camelStaysInTheShellAndAtTheEdges() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(ROOT, ROOT + ".failure", ROOT + ".staging", ROOT + ".observe")
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

        /** What a name server delays must be asked where it may wait. */
        @Test
        void isLookingUpNamesByTheWay() {
            noClasses()
                    .that()
                    // Asked by the pool of names; an address in brackets; addresses in a table.
                    .haveNameNotMatching(".*\\.(HostResolver|IpLiteral|AddressRanges).*")
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
    class Types {
        /** Each room is a detail of the stack: nothing outside of its package may name one, or build on one. */
        @Test
        void ofTheRoomsAreFinalAndHidden() {
            classes()
                    .that()
                    .resideInAPackage(ROOT + ".generation..")
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
                    .resideOutsideOfPackage(ROOT + ".generation..")
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
