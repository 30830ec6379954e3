package dev.stillhouse.datasets.publish;

/**
 * Length and checksum of a file.
 *
 * @param sizeBytes its length
 * @param md5 MD5 of its content, 32 hexadecimal digits
 */
record Digest(long sizeBytes, String md5) {}
