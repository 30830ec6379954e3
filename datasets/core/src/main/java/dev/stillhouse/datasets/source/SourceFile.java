package dev.stillhouse.datasets.source;

/**
 * A file of a source, as it was when it was listed: one with the same three has the same content.
 *
 * @param path relative to the source
 * @param sizeBytes its length as stored
 * @param stamp its ETag, where the file system has one, or modification time
 */
public record SourceFile(String path, long sizeBytes, String stamp) {}
