package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.settings.Settings;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small file beside an H2 file by which commands find the process that holds it. Only its owner may read it, for it
 * holds a key to that process's JSON API.
 *
 * @param pid of the process
 * @param doing what it is there for, for people
 * @param url of its JSON API; null where it has none
 * @param key that opens it
 */
record DeskFile(long pid, String doing, String url, String key) {

    private static final Logger LOG = LoggerFactory.getLogger(DeskFile.class);

    /** Writes the file of this process; does nothing where the database is no file. */
    static void write(Settings settings, String doing, String url, String key) {
        Path file = Databases.deskFile(settings);
        if (file == null) {
            return;
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("pid", ProcessHandle.current().pid());
        content.put("doing", doing);
        content.put("url", url);
        content.put("key", key);
        FileAttribute<?>[] onlyOwner =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "desk", ".tmp", onlyOwner);
            Files.writeString(fresh, Json.text(content));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("{} cannot be written ({}); commands will not find this process", file, e.toString());
        }
    }

    /** The file of the process that holds the database; empty where there is none, or that process has ended. */
    static Optional<DeskFile> read(Settings settings) {
        Path file = Databases.deskFile(settings);
        if (file == null || !Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            Map<String, Object> content = Json.document(Files.readString(file));
            long pid = ((Number) content.get("pid")).longValue();
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()
                    ? Optional.empty()
                    : Optional.of(new DeskFile(pid, (String) content.get("doing"), (String) content.get("url"), (String)
                            content.get("key")));
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} cannot be read", file, e);
            return Optional.empty();
        }
    }

    /** Takes this process's file away. */
    static void delete(Settings settings) {
        Path file = Databases.deskFile(settings);
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} cannot be deleted", file, e);
        }
    }
}
