package dev.stillhouse.datasets.publish;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Length and checksum of a file.
 *
 * @param sizeBytes its length
 * @param md5 MD5 of its content, 32 hexadecimal digits
 */
record Digest(long sizeBytes, String md5) {

    /** Reads to the end, in one pass. */
    static Digest of(InputStream in) throws IOException {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[1 << 16];
            long sizeBytes = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                md5.update(buffer, 0, read);
                sizeBytes += read;
            }
            return new Digest(sizeBytes, HexFormat.of().formatHex(md5.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java platform has MD5", e);
        }
    }

    static Digest of(byte[] content) {
        try {
            return of(new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read from memory", e);
        }
    }
}
