package dev.stillhouse.udfs.onnx;

/**
 * What a model reads at once. Arrays are not copied.
 *
 * @param ids word pieces, special ones included
 * @param types 0 for those of the text, 1 for those of a hypothesis; as long as {@code ids}
 */
record TokenRow(long[] ids, long[] types) {
    int length() {
        return ids.length;
    }
}
