package org.aegishydra.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Collection;
import java.util.Formatter;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.aegishydra.core.latency.HotPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What the classes of every module keep to. A module's test extends this class and names the module's package:
 *
 * <pre>
 * class ArchitectureTest extends ArchitectureRules {
 *     ArchitectureTest() {
 *         super("org.aegishydra.trader");
 *     }
 * }
 * </pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureRules {
    static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
            slices().matching("org.aegishydra.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    static final ArchRule CHRONICLE_IN_ITS_PLACES = noClasses()
            .that()
            .resideOutsideOfPackages("org.aegishydra.core.journal", "org.aegishydra.core.board", "org.aegishydra.jmh..")
            .and()
            .doNotHaveFullyQualifiedName("org.aegishydra.trader.ThreadPinning")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.openhft..")
            .because("a reader must find in two packages what Chronicle does")
            .allowEmptyShould(true);

    static final ArchRule COMMAND_LINE_IN_PROGRAMS = noClasses()
            .that(describe(
                    "are no program's", type -> !outermost(type).getSimpleName().matches(".*(Main|Options)")))
            .and()
            .resideOutsideOfPackage("org.aegishydra.core.command")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..")
            .because("everything but a program's Main, and options that programs share, works without a command line")
            .allowEmptyShould(true);

    static final ArchRule HOT_PATH_WITHOUT_SLOW_TYPES = noClasses()
            .that(workInTheHotPath())
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "org.slf4j..",
                            "java.util.logging..",
                            "java.io..",
                            "java.nio.file..",
                            "java.util.concurrent.locks..")
                    .or(areCollectionsOfTheJdk())
                    .or(describe("format text", type -> type.isAssignableTo(Formatter.class)))
                    .or(describe("are clocks", type -> type.isAssignableTo(Clock.class))))
            .because("the hot path logs nothing, touches no file, takes no lock and allocates nothing")
            .allowEmptyShould(true);

    static final ArchRule HOT_PATH_WITHOUT_CLOCKS_AND_FORMATS = noClasses()
            .that(workInTheHotPath())
            .should()
            .accessTargetWhere(readAClock().or(formatText()))
            .because("a decision must not depend on when it is made, nor wait for text")
            .allowEmptyShould(true);

    static final ArchRule HOT_PATH_WITHOUT_MONITORS = noMethods()
            .that()
            .areDeclaredInClassesThat(workInTheHotPath())
            .should()
            .haveModifier(JavaModifier.SYNCHRONIZED)
            .because("the hot path takes no lock")
            .allowEmptyShould(true);

    private final JavaClasses classes;

    protected ArchitectureRules(String... packages) {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(packages);
    }

    @Test
    public final void shouldHaveNoCyclesBetweenPackages() {
        NO_CYCLES_BETWEEN_PACKAGES.check(classes);
    }

    @Test
    public final void shouldKeepChronicleInItsPlaces() {
        CHRONICLE_IN_ITS_PLACES.check(classes);
    }

    @Test
    public final void shouldKeepTheCommandLineInPrograms() {
        COMMAND_LINE_IN_PROGRAMS.check(classes);
    }

    @Test
    public final void shouldKeepTheHotPathClean() {
        HOT_PATH_WITHOUT_SLOW_TYPES.check(classes);
        HOT_PATH_WITHOUT_CLOCKS_AND_FORMATS.check(classes);
        HOT_PATH_WITHOUT_MONITORS.check(classes);
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    /** A nested class works where its outer class works. */
    private static DescribedPredicate<JavaClass> workInTheHotPath() {
        return describe("work in the hot path", type -> {
            for (JavaClass outer = type;
                    outer != null;
                    outer = outer.getEnclosingClass().orElse(null)) {
                if (outer.isAnnotatedWith(HotPath.class)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Agrona's collections of primitives implement the interfaces of the JDK's; those are welcome. */
    private static DescribedPredicate<JavaClass> areCollectionsOfTheJdk() {
        return resideInAPackage("java.util..")
                .and(describe(
                        "are collections",
                        type -> type.isAssignableTo(Collection.class)
                                || type.isAssignableTo(Map.class)
                                || type.isAssignableTo(Map.Entry.class)
                                || type.isAssignableTo(Iterator.class)));
    }

    private static DescribedPredicate<JavaAccess<?>> readAClock() {
        final Set<String> ofSystem = Set.of("nanoTime", "currentTimeMillis");
        return describe("read a clock", access -> {
            final String owner = access.getTargetOwner().getName();
            return (owner.equals("java.lang.System") && ofSystem.contains(access.getName()))
                    || (owner.startsWith("java.time.") && access.getName().equals("now"));
        });
    }

    private static DescribedPredicate<JavaAccess<?>> formatText() {
        return describe(
                "format text",
                access -> access.getTargetOwner().isEquivalentTo(String.class)
                        && (access.getName().equals("format")
                                || access.getName().equals("formatted")));
    }
}
