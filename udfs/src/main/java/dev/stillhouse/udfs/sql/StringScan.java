package dev.stillhouse.udfs.sql;

import dev.stillhouse.udfs.text.TextScan;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Scans Spark's strings where they lie: the bytes of one in an array are read in place, others are copied. Not safe for use by several threads. */
final class StringScan {
    private static final byte[] NOTHING = new byte[0];

    private final TextScan scan = new TextScan();

    /** Words and lines of a string, until the next call. */
    TextScan read(UTF8String text) {
        if (text.getBaseObject() instanceof byte[] bytes) {
            scan.scan(bytes, (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET), text.numBytes());
        } else {
            scan.scan(text.getBytes());
        }
        return scan;
    }

    /** Lets go of the bytes last read: the array may be a whole batch of a column, and a thread lives longer. */
    void release() {
        scan.scan(NOTHING);
    }
}
