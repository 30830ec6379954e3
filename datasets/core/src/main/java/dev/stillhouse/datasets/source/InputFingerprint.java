package dev.stillhouse.datasets.source;

/**
 * What a source was when it was looked at: equal fingerprints mean unchanged input.
 *
 * @param name name of the source, unique in its list
 * @param path where it lies: a resolved path or glob, a table's name, or the Maven coordinate of a catalogue source
 * @param files number of files
 * @param bytes their length in all, as stored
 * @param checksum MD5, 32 hexadecimal digits: of each file's path, length and ETag (where the file system has one) or modification time, in the order of the paths; of the content for a catalogue source; of the table's id and version for a table
 */
public record InputFingerprint(String name, String path, long files, long bytes, String checksum) {}
