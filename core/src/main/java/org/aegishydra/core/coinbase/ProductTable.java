package org.aegishydra.core.coinbase;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.agrona.DirectBuffer;

/**
 * The products of a stream, found by the bytes of their names without making a {@code String}. Used by one thread.
 * Open addressing with linear probing; the order of {@link #products()} is that of appearance, never of a hash.
 */
public final class ProductTable implements Checkpointed {
    /** More products than the exchange lists; names beyond are refused as malformed. */
    public static final int MAX_PRODUCTS = 8192;

    /** Longer than any product's name, and what a run's records have room for. */
    public static final int MAX_NAME_LENGTH = 31;

    private static final int CAPACITY = MAX_PRODUCTS * 2;

    private final Product[] slots = new Product[CAPACITY];
    private final byte[][] names = new byte[CAPACITY][];
    private final List<Product> products = new ArrayList<>();

    /** All products seen, in order of appearance. */
    public List<Product> products() {
        return Collections.unmodifiableList(products);
    }

    /** The product with an index. */
    public Product product(int index) {
        return products.get(index);
    }

    /** The product of this name, made if it is new. */
    public Product product(String id) {
        final byte[] name = id.getBytes(StandardCharsets.UTF_8);
        final Product product = find(new org.agrona.concurrent.UnsafeBuffer(name), 0, name.length);
        if (product == null) {
            throw new IllegalArgumentException("no product's name: " + id);
        }
        return product;
    }

    /** The product whose name is at an offset, made if it is new; null if that is no name or the table is full. */
    Product find(DirectBuffer buffer, int offset, int length) {
        if (length < 1 || length > MAX_NAME_LENGTH) {
            return null;
        }
        final int slot = slot(buffer, offset, length);
        if (slots[slot] != null) {
            return slots[slot];
        }
        return products.size() < MAX_PRODUCTS && isName(buffer, offset, length)
                ? add(slot, buffer, offset, length)
                : null;
    }

    /** The product whose name is at an offset, or null if there is none in the table. */
    Product known(DirectBuffer buffer, int offset, int length) {
        return length < 1 || length > MAX_NAME_LENGTH ? null : slots[slot(buffer, offset, length)];
    }

    /** Where the product of a name is, or would be. */
    private int slot(DirectBuffer buffer, int offset, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + buffer.getByte(offset + i);
        }
        int slot = (hash ^ (hash >>> 15)) & (CAPACITY - 1);
        while (names[slot] != null && !equal(names[slot], buffer, offset, length)) {
            slot = (slot + 1) & (CAPACITY - 1);
        }
        return slot;
    }

    /** Names are printable ASCII; whatever else stands there would not survive in file names and records. */
    private static boolean isName(DirectBuffer buffer, int offset, int length) {
        for (int i = 0; i < length; i++) {
            final byte b = buffer.getByte(offset + i);
            if (b <= ' ' || b > '~') {
                return false;
            }
        }
        return true;
    }

    private Product add(int slot, DirectBuffer buffer, int offset, int length) {
        final byte[] name = new byte[length];
        buffer.getBytes(offset, name);
        final Product product = new Product(new String(name, StandardCharsets.UTF_8), products.size());
        names[slot] = name;
        slots[slot] = product;
        products.add(product);
        return product;
    }

    @Override
    public void writeState(StateOutput output) {
        output.section("products");
        output.putInt(products.size());
        products.forEach(product -> product.writeState(output));
    }

    @Override
    public void readState(StateInput input) {
        input.section("products");
        for (int left = input.getCount(MAX_PRODUCTS); left > 0; left--) {
            product(input.getText()).readState(input);
        }
    }

    private static boolean equal(byte[] name, DirectBuffer buffer, int offset, int length) {
        if (name.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name[i] != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }
}
