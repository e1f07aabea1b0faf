package org.aegishydra.analysis.doctor;

import java.util.List;
import java.util.Set;
import org.aegishydra.analysis.text.Quantities;

/** Whether the journal has a place to grow. Stateless. */
final class JournalChecks {
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "fuse.sshfs",
            "9p",
            "ceph",
            "fuse.ceph",
            "glusterfs",
            "fuse.glusterfs",
            "lustre",
            "afs",
            "gfs2",
            "ocfs2",
            "beegfs",
            "fuse.s3fs",
            "virtiofs");
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final Set<String> PROVEN = Set.of("ext4", "xfs");

    /** Within so many times the reserve the end is near. */
    private static final int NEAR = 4;

    private JournalChecks() {}

    static List<Check> of(Host host, String journal, long usableBytes, long reserveBytes) {
        return List.of(space(usableBytes, reserveBytes), fileSystem(host, journal));
    }

    static Check space(long usableBytes, long reserveBytes) {
        final String name = "journal_space";
        final String found = Quantities.bytes(usableBytes) + " left; the reserve is " + Quantities.bytes(reserveBytes);
        final String remedy = "archive or move closed days, or record to a larger disk";
        if (usableBytes < reserveBytes) {
            return Check.bad(name, found + ": a recorder would stop", remedy);
        }
        return usableBytes / NEAR < reserveBytes ? Check.warning(name, found, remedy) : Check.ok(name, found);
    }

    /** The mount whose point is the longest beginning of the journal's path; of two at one point, the later one. */
    static Check fileSystem(Host host, String journal) {
        final String name = "journal_file_system";
        String type = null;
        String point = "";
        for (final String line : host.text("/proc/mounts").orElse("").split("\n", -1)) {
            final String[] fields = line.split(" ", -1);
            if (fields.length > 2) {
                final String mounted = fields[1].replace("\\040", " ");
                final String inside = mounted.endsWith("/") ? mounted : mounted + "/";
                if ((journal + "/").startsWith(inside) && mounted.length() >= point.length()) {
                    type = fields[2];
                    point = mounted;
                }
            }
        }
        if (type == null) {
            return Check.unknown(name, "cannot tell: /proc/mounts does not name it", "");
        }
        final String found = type + " on " + point;
        if (NETWORK.contains(type)) {
            return Check.bad(name, found + ": memory mapped over a network is not supported", "use a local disk");
        }
        if (IN_MEMORY.contains(type)) {
            return Check.warning(name, found + ": lost at the next reboot, and it takes memory", "use a local disk");
        }
        return PROVEN.contains(type)
                ? Check.ok(name, found)
                : Check.note(name, found + ": ext4 and xfs are the ones in wide use for this", "");
    }
}
