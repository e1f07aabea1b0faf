package org.aegishydra.core.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.aegishydra.core.board.BoardException;
import org.aegishydra.core.journal.JournalException;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The conventions that every program of Aegis shares.
 *
 * <ul>
 *   <li>Exit code 0: done; 1: a check failed or the work could not be done; 2: wrong usage.
 *   <li>An option's default comes from {@code AEGIS_<COMMAND>_<OPTION>} or {@code AEGIS_<OPTION>} in the environment, else
 *       from {@code <command>.<option>} or {@code <option>} in {@code aegis.properties} in the working directory or in the
 *       user's home, else from the program. A flag wins over all.
 *   <li>A report is one JSON object on standard output; everything else goes to standard error.
 *   <li>An error is one line that names the option, the value and the remedy; {@code AEGIS_STACKTRACE=1} adds the trace.
 * </ul>
 */
public final class Program {
    /** Done. */
    public static final int DONE = 0;

    /** A check failed, a verdict says no, or the work could not be done. */
    public static final int FAILED = 1;

    /** Wrong usage. */
    public static final int WRONG_USAGE = 2;

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).findAndRegisterModules();

    private Program() {}

    /** Runs a picocli command and ends the process with its exit code. */
    public static void main(Callable<Integer> command, String[] args) {
        final int exitCode = run(command, args);
        StopSignal.programEnded(exitCode);
        System.exit(exitCode);
    }

    /** Runs a picocli command and returns its exit code. */
    public static int run(Callable<Integer> command, String[] args) {
        final CommandLine commandLine = new CommandLine(command);
        commandLine.getCommandSpec().version(commandLine.getCommandName() + " " + version());
        try {
            commandLine.setDefaultValueProvider(new EnvironmentThenFile(defaultsFile()));
        } catch (final UsageException e) {
            tell(commandLine, e);
            return WRONG_USAGE;
        }
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setParameterExceptionHandler((e, arguments) -> {
            final CommandLine failed = e.getCommandLine();
            failed.getErr().println(failed.getCommandName() + ": " + e.getMessage());
            failed.getErr().println("Try `" + failed.getCommandName() + " --help`.");
            return WRONG_USAGE;
        });
        commandLine.setExecutionExceptionHandler((e, failed, parsed) -> {
            tell(failed, e);
            return e instanceof UsageException ? WRONG_USAGE : FAILED;
        });
        try {
            return commandLine.execute(args);
        } catch (final Error e) {
            // A full disk under mapped memory is one.
            tell(commandLine, e);
            return FAILED;
        }
    }

    private static void tell(CommandLine failed, Throwable e) {
        failed.getErr().println(failed.getCommandName() + ": " + oneLine(e));
        if ("1".equals(System.getenv("AEGIS_STACKTRACE"))) {
            e.printStackTrace(failed.getErr());
        }
    }

    /** This build's version. */
    public static String version() {
        final String version = Program.class.getPackage().getImplementationVersion();
        return version == null ? "from class files" : version;
    }

    private static String oneLine(Throwable e) {
        if (e instanceof UncheckedIOException) {
            return e.getMessage() + ": " + e.getCause();
        }
        final boolean speaksForItself =
                e instanceof UsageException || e instanceof JournalException || e instanceof BoardException;
        return speaksForItself && e.getMessage() != null ? e.getMessage() : e.toString();
    }

    /** Whether a person watches: colour and moving lines are for a terminal only. */
    public static boolean onTerminal() {
        return CommandLine.Help.Ansi.AUTO.enabled();
    }

    /** A report as JSON, for standard output and for files. */
    public static String toJson(Object report) {
        try {
            return JSON.writeValueAsString(report);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException("a report that is no JSON: " + e.getMessage(), e);
        }
    }

    private static Properties defaultsFile() {
        final Properties defaults = new Properties();
        for (final Path file :
                new Path[] {Path.of(System.getProperty("user.home"), "aegis.properties"), Path.of("aegis.properties")
                }) {
            if (Files.isReadable(file)) {
                try (var reader = Files.newBufferedReader(file)) {
                    defaults.load(reader);
                } catch (final java.io.IOException | IllegalArgumentException e) {
                    throw new UsageException("cannot read " + file + ": " + e.getMessage());
                }
            }
        }
        return defaults;
    }

    /**
     * The option {@code --until-idle} of {@code aegis trade} takes its default from {@code AEGIS_TRADE_UNTIL_IDLE}, else
     * from {@code AEGIS_UNTIL_IDLE}, else from {@code trade.until-idle=}, else from {@code until-idle=}.
     */
    private record EnvironmentThenFile(Properties file) implements IDefaultValueProvider {
        @Override
        public String defaultValue(ArgSpec argument) {
            if (!(argument instanceof OptionSpec option) || isBuiltIn(option.command(), option)) {
                return null;
            }
            final String name = option.longestName().replaceFirst("^--", "");
            final String command = option.command().name().replaceFirst("^aegis ", "");
            for (final String variable : new String[] {command + "-" + name, name}) {
                final String value =
                        System.getenv("AEGIS_" + variable.replace('-', '_').toUpperCase(java.util.Locale.ROOT));
                if (value != null) {
                    return value;
                }
            }
            return file.getProperty(command + "." + name, file.getProperty(name));
        }

        private static boolean isBuiltIn(CommandSpec command, OptionSpec option) {
            return command == null || option.usageHelp() || option.versionHelp();
        }
    }
}
