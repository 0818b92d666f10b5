package com.optiply.sync.bigcommerce;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.optiply.sync.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * A file of JSON lines that is there whole or not at all: it grows under another name and gets its own when it is
 * complete and on the disk. What a killed process has left of it is overwritten by the next.
 *
 * <p>Safe for several threads.
 */
public final class ExportFile {

    /** For text that UTF-8 cannot hold, such as half of a surrogate pair. */
    private static final ObjectWriter ESCAPING = Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private final Path file;
    private final Path growing;
    private final FileChannel channel;
    private final OutputStream out;
    private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    private long rows;

    /** @param growing where it grows; in the same directory */
    ExportFile(Path file, Path growing) {
        this.file = file;
        this.growing = growing;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel = FileChannel.open(
                    growing, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        } catch (IOException e) {
            throw new FileUnwritable(file, e);
        }
    }

    Path file() {
        return file;
    }

    synchronized long rows() {
        return rows;
    }

    synchronized void write(List<Map<String, Object>> page) {
        try {
            for (Map<String, Object> row : page) {
                String line = Json.text(row);
                if (!utf8.canEncode(line)) {
                    line = ESCAPING.writeValueAsString(row);
                }
                out.write(line.getBytes(StandardCharsets.UTF_8));
                out.write('\n');
                rows++;
            }
        } catch (IOException e) {
            throw new FileUnwritable(file, e);
        }
    }

    synchronized void putInPlace() {
        try {
            out.flush();
            channel.force(true);
            out.close();
            Files.move(growing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new FileUnwritable(file, e);
        }
    }

    /** Leaves nothing of it; does nothing to a file that is in place. */
    synchronized void discard() {
        try {
            channel.close();
            Files.deleteIfExists(growing);
        } catch (IOException e) {
            throw new FileUnwritable(growing, e);
        }
    }

    /** The disk does not take it. */
    public static final class FileUnwritable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FileUnwritable(Path file, IOException cause) {
            super("the file " + file + " cannot be written (" + cause + "); nothing of it was left", cause);
        }
    }
}
