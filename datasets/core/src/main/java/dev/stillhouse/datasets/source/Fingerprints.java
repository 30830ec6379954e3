package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.catalogue.Corpus;
import dev.stillhouse.datasets.source.SourceFiles.InputFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes {@link InputFingerprint}s. */
final class Fingerprints {
    private Fingerprints() {}

    static InputFingerprint of(String name, SourceFiles files) {
        MessageDigest digest = md5();
        for (InputFile file : files.files()) {
            String entry = file.relative().length() + ":" + file.relative() + file.length() + ":" + file.stamp() + "\n";
            digest.update(entry.getBytes(StandardCharsets.UTF_8));
        }
        return new InputFingerprint(
                name,
                files.location(),
                files.files().size(),
                files.bytes(),
                HexFormat.of().formatHex(digest.digest()));
    }

    static InputFingerprint of(String name, Corpus corpus) {
        MessageDigest digest = md5();
        long bytes = 0;
        for (String resource : corpus.resources()) {
            bytes += corpus.digest(resource, digest);
        }
        return new InputFingerprint(
                name,
                corpus.coordinate(),
                corpus.resources().size(),
                bytes,
                HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * A table's.
     *
     * @param location its path or name
     * @param state what tells one state of it from any other
     */
    static InputFingerprint of(String name, String location, TableSource.State state) {
        return new InputFingerprint(
                name,
                location,
                state.files(),
                state.bytes(),
                HexFormat.of()
                        .formatHex(md5().digest(
                                        (state.table() + ":" + state.version()).getBytes(StandardCharsets.UTF_8))));
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java platform has MD5", e);
        }
    }
}
