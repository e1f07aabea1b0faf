package org.aegishydra.analysis.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {
    private static final String CHRONY = "A9FEA97B,169.254.169.123,4,1795361361.1,%s,0,0,0,0,0,0,0,16.1,%s";

    @TempDir
    Path root;

    private final Map<String, String> answers = new HashMap<>();

    private Host host() {
        return new Host(root, command -> Optional.ofNullable(answers.get(command.get(0))));
    }

    private void file(String path, String text) {
        final Path file = root.resolve(path.substring(1));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text + "\n");
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertState(String expected, Check check) {
        assertEquals(expected, check.state().word(), check.toString());
    }

    @Test
    void shouldPassNothingThatItCannotSee() {
        final List<Check> blind = new ArrayList<>(ClockChecks.of(host()));
        blind.addAll(MemoryChecks.of(host()));
        blind.add(CpuChecks.governor(host()));
        blind.add(CpuChecks.containerCpu(host()));
        blind.add(CpuChecks.numa(host()));
        blind.add(CpuChecks.isolated(host()));
        blind.add(SystemChecks.kernel(host()));
        blind.add(SystemChecks.openFiles(host()));
        blind.add(SystemChecks.lockedMemory(host()));
        blind.add(JournalChecks.fileSystem(host(), "/data/btc"));

        blind.forEach(check -> assertState("unknown", check));
        assertEquals(blind.size(), blind.stream().map(Check::name).distinct().count());
        assertTrue(DoctorMain.isFit(blind));
    }

    @ParameterizedTest
    @CsvSource({"0.000012,Normal,ok", "-0.5,Normal,warning", "0.0,Not synchronised,bad", "garbage,Normal,unknown"})
    void shouldBelieveChrony(String offset, String leap, String state) {
        answers.put("chronyc", CHRONY.formatted(offset, leap));

        assertState(state, ClockChecks.synchronisation(host()));
    }

    @ParameterizedTest
    @CsvSource({"yes,ok", "no,bad", "'',unknown"})
    void shouldAskTimedatectlWhereChronyIsNot(String answer, String state) {
        answers.put("timedatectl", answer);

        assertState(state, ClockChecks.synchronisation(host()));
    }

    @Test
    void shouldTakeTimesyncdsMarkForLessThanAPass() {
        file("/run/systemd/timesync/synchronized", "");

        assertState("note", ClockChecks.synchronisation(host()));
    }

    @ParameterizedTest
    @CsvSource({"tsc,ok", "kvm-clock,note", "hpet,warning", "acpi_pm,warning"})
    void shouldJudgeTheClockSource(String source, String state) {
        file("/sys/devices/system/clocksource/clocksource0/current_clocksource", source);

        assertState(state, ClockChecks.source(host()));
    }

    @ParameterizedTest
    @CsvSource({"performance,performance,ok", "performance,powersave,warning", "schedutil,schedutil,warning"})
    void shouldJudgeTheGovernorOfEachCpu(String first, String second, String state) {
        file("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", first);
        file("/sys/devices/system/cpu/cpu11/cpufreq/scaling_governor", second);

        assertState(state, CpuChecks.governor(host()));
    }

    @ParameterizedTest
    @CsvSource({"1,warning", "2,note", "3,note", "4,ok"})
    void shouldCountCores(int cores, String state) {
        assertState(state, CpuChecks.cores(cores));
    }

    @ParameterizedTest
    @CsvSource({"max 100000,ok", "150000 100000,warning", "nonsense,unknown"})
    void shouldReadACpuQuota(String max, String state) {
        file("/sys/fs/cgroup/cpu.max", max);

        assertState(state, CpuChecks.containerCpu(host()));
    }

    @ParameterizedTest
    @CsvSource({"-1,ok", "200000,warning"})
    void shouldReadACpuQuotaOfTheFirstVersion(String quota, String state) {
        file("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", quota);
        file("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");

        assertState(state, CpuChecks.containerCpu(host()));
    }

    @Test
    void shouldTakeTheRootGroupForNoLimit() {
        file("/sys/fs/cgroup/cgroup.controllers", "cpu memory");

        assertState("ok", CpuChecks.containerCpu(host()));
        assertState("ok", MemoryChecks.containerMemory(host()));
    }

    @Test
    void shouldCountNumaNodes() {
        file("/sys/devices/system/node/node0/cpulist", "0-3");
        assertState("ok", CpuChecks.numa(host()));
        file("/sys/devices/system/node/node1/cpulist", "4-7");
        assertState("note", CpuChecks.numa(host()));
    }

    @ParameterizedTest
    @CsvSource({"'',note", "2-3,ok"})
    void shouldTellIsolatedCpus(String isolated, String state) {
        file("/sys/devices/system/cpu/isolated", isolated);

        assertState(state, CpuChecks.isolated(host()));
    }

    @ParameterizedTest
    @CsvSource({"always [madvise] never,ok", "[always] madvise never,warning", "madvise [never],ok", "?,unknown"})
    void shouldJudgeHugePages(String enabled, String state) {
        file("/sys/kernel/mm/transparent_hugepage/enabled", enabled);

        assertState(state, MemoryChecks.hugePages(host()));
    }

    @ParameterizedTest
    @CsvSource({"0,0,ok,ok", "1000,1000,note,warning", "1000,900,warning,warning"})
    void shouldJudgeSwap(long totalKb, long freeKb, String swap, String swappiness) {
        file("/proc/meminfo", "MemTotal: 8000000 kB\nSwapTotal:   " + totalKb + " kB\nSwapFree:  " + freeKb + " kB");
        file("/proc/sys/vm/swappiness", "60");

        assertState(swap, MemoryChecks.swap(host()));
        assertState(swappiness, MemoryChecks.swappiness(host()));
        file("/proc/sys/vm/swappiness", "1");
        assertState("ok", MemoryChecks.swappiness(host()));
    }

    @ParameterizedTest
    @CsvSource({"0,20,8000000,ok", "0,20,64000000,note", "1000000000,0,64000000,ok", "9000000000,0,64000000,note"})
    void shouldJudgeDirtyPages(long bytes, long ratio, long totalKb, String state) {
        file("/proc/sys/vm/dirty_bytes", Long.toString(bytes));
        file("/proc/sys/vm/dirty_ratio", Long.toString(ratio));
        file("/proc/meminfo", "MemTotal: " + totalKb + " kB");

        assertState(state, MemoryChecks.dirty(host()));
    }

    @ParameterizedTest
    @CsvSource({"65530,ok", "1000,bad", "many,unknown"})
    void shouldJudgeTheMapCount(String count, String state) {
        file("/proc/sys/vm/max_map_count", count);

        assertState(state, MemoryChecks.maps(host()));
    }

    @ParameterizedTest
    @CsvSource({"max,ok", "500000000,warning", "8000000000,note"})
    void shouldJudgeAContainersMemory(String limit, String state) {
        file("/sys/fs/cgroup/memory.max", limit);

        assertState(state, MemoryChecks.containerMemory(host()));
    }

    @ParameterizedTest
    @CsvSource({"9223372036854771712,ok", "500000000,warning"})
    void shouldJudgeAContainersMemoryOfTheFirstVersion(String limit, String state) {
        file("/sys/fs/cgroup/memory/memory.limit_in_bytes", limit);

        assertState(state, MemoryChecks.containerMemory(host()));
    }

    @ParameterizedTest
    @CsvSource({"6.18.44-fc,ok", "5.14.0-70.el9,ok", "5.10.0,warning", "4.18.0,warning", "linux,unknown"})
    void shouldJudgeTheKernel(String release, String state) {
        file("/proc/sys/kernel/osrelease", release);

        assertState(state, SystemChecks.kernel(host()));
    }

    @ParameterizedTest
    @CsvSource({"20000,8388608,ok,note", "unlimited,unlimited,ok,ok", "1024,64,warning,note", "256,64,bad,note"})
    void shouldJudgeLimits(String files, String locked, String filesState, String lockedState) {
        file(
                "/proc/self/limits",
                "Limit                     Soft Limit           Hard Limit           Units\n"
                        + "Max open files            " + files + "                20000                files\n"
                        + "Max locked memory         " + locked + "              8388608              bytes");

        assertState(filesState, SystemChecks.openFiles(host()));
        assertState(lockedState, SystemChecks.lockedMemory(host()));
    }

    @Test
    void shouldJudgeTheJvm() {
        assertState("bad", SystemChecks.java(11, "11.0.2"));
        assertState("ok", SystemChecks.java(25, "25"));
        assertState("bad", SystemChecks.flags(List.of("-Xmx1g")));
    }

    @ParameterizedTest
    @CsvSource({"100,99,warning", "99,100,bad", "1000,100,ok", "0,0,ok"})
    void shouldHoldTheDiskAgainstTheReserve(long usable, long reserve, String state) {
        assertState(state, JournalChecks.space(usable, reserve));
    }

    @ParameterizedTest
    @CsvSource({
        "/data/btc,ok,ext4 on /",
        "/mnt/nas/btc,bad,nfs4 on /mnt/nas",
        "/mnt/nas2/btc,ok,ext4 on /",
        "/mnt/nas,bad,nfs4 on /mnt/nas",
        "/dev/shm/j,warning,tmpfs on /dev/shm",
        "/mnt/my disk/j,note,btrfs on /mnt/my disk",
        "/over/j,ok,xfs on /over",
    })
    void shouldFindTheFileSystemOfTheJournal(String journal, String state, String found) {
        file("/proc/mounts", """
                proc /proc proc rw 0 0
                /dev/vda / ext4 rw 0 0
                tmpfs /dev/shm tmpfs rw 0 0
                nas:/x /mnt/nas nfs4 rw 0 0
                /dev/vdb /mnt/my\\040disk btrfs rw 0 0
                tmpfs /over tmpfs rw 0 0
                /dev/vdc /over xfs rw 0 0""");

        final Check check = JournalChecks.fileSystem(host(), journal);

        assertState(state, check);
        assertTrue(check.found().startsWith(found), check.found());
    }

    @Test
    void shouldNotCallAHostFitOnWhichSomethingIsBad() {
        assertFalse(DoctorMain.isFit(List.of(Check.ok("a", ""), Check.bad("b", "", ""))));
        assertTrue(DoctorMain.isFit(List.of(Check.warning("a", "", ""), Check.unknown("b", "", ""))));
    }
}
