package com.optiply.sync.sandbox;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;

/**
 * Rows in the order of their ids. Most of a big shop is made anew from the seed each time it is asked for, so that a
 * hundred thousand products cost no memory; what was changed or added is kept, and stands in for the generated row.
 *
 * <p>Safe for several threads. Rows are never changed in place.
 */
final class Table {

    /**
     * One row.
     *
     * @param modified epoch seconds
     * @param created epoch seconds
     * @param status an order's status id; 0 elsewhere
     * @param head the document without its children, or a {@link com.fasterxml.jackson.databind.util.RawValue}
     * @param children variants of a product, lines of an order
     * @param embedded how many children show inside the parent: -1 all, 0 none
     */
    record Row(
            long id,
            long modified,
            long created,
            List<Integer> channels,
            int status,
            Object head,
            List<Object> children,
            int embedded) {

        Row with(Object newHead, List<Object> newChildren, long newModified, int newStatus) {
            return new Row(id, newModified, created, channels, newStatus, newHead, newChildren, embedded);
        }

        boolean raw() {
            return !(head instanceof Map);
        }

        Map<String, Object> document() {
            return Documents.map(head);
        }
    }

    /** The generated rows: {@code size} of them with consecutive ids, dates never falling. */
    interface Generator {

        int size();

        long firstId();

        long modified(int index);

        long created(int index);

        int status();

        int children();

        Row row(int index);
    }

    /** Which rows, in which order. Bounds are inclusive; dates are epoch seconds. */
    static final class Wanted {
        long leastId = Long.MIN_VALUE;
        long mostId = Long.MAX_VALUE;
        List<Long> ids;
        long modifiedFrom = Long.MIN_VALUE;
        long modifiedTo = Long.MAX_VALUE;
        long createdFrom = Long.MIN_VALUE;
        long createdTo = Long.MAX_VALUE;
        List<Integer> channels;
        Integer status;
        Predicate<Map<String, Object>> document;
        Comparator<Row> order;
        boolean byModified;
        boolean descending;

        private boolean keysMatch(long id, long modified, long created, int rowStatus) {
            return id >= leastId
                    && id <= mostId
                    && modified >= modifiedFrom
                    && modified <= modifiedTo
                    && created >= createdFrom
                    && created <= createdTo
                    && (status == null || status == rowStatus)
                    && (ids == null || ids.contains(id));
        }

        private boolean rowMatches(Row row) {
            return (channels == null || row.channels().stream().anyMatch(channels::contains))
                    && (document == null || row.raw() || document.test(row.document()));
        }
    }

    /** A part of the rows that match, and how many match in all. */
    record Page(int total, List<Row> rows) {}

    private static final List<Integer> FIRST_CHANNEL = List.of(1);

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final NavigableMap<Long, Row> kept = new TreeMap<>();
    private final BitSet replaced = new BitSet();
    private Generator generator;

    Table(Generator generator) {
        this.generator = generator;
    }

    void regenerate(Generator other) {
        lock.writeLock().lock();
        try {
            generator = other;
            replaced.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }

    void put(Row row) {
        lock.writeLock().lock();
        try {
            int index = index(row.id());
            if (index >= 0) {
                replaced.set(index);
            }
            kept.put(row.id(), row);
        } finally {
            lock.writeLock().unlock();
        }
    }

    boolean remove(long id) {
        lock.writeLock().lock();
        try {
            int index = index(id);
            boolean generated = index >= 0 && !replaced.get(index);
            if (index >= 0) {
                replaced.set(index);
            }
            return kept.remove(id) != null || generated;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The row, or null. */
    Row get(long id) {
        lock.readLock().lock();
        try {
            Row row = kept.get(id);
            if (row != null) {
                return row;
            }
            int index = index(id);
            return index >= 0 && !replaced.get(index) ? generator.row(index) : null;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The kept rows only: what is awkward, added or changed. */
    List<Row> kept() {
        lock.readLock().lock();
        try {
            return new ArrayList<>(kept.values());
        } finally {
            lock.readLock().unlock();
        }
    }

    int size() {
        return page(new Wanted(), 0, 0).total();
    }

    long lastId() {
        lock.readLock().lock();
        try {
            long generated = generator.firstId() + generator.size() - 1;
            return kept.isEmpty() ? generated : Math.max(generated, kept.lastKey());
        } finally {
            lock.readLock().unlock();
        }
    }

    Page page(Wanted wanted, int offset, int limit) {
        lock.readLock().lock();
        try {
            return wanted.order != null || wanted.byModified
                    ? sorted(wanted, offset, limit)
                    : byId(wanted, offset, limit);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Counts the children of all rows and gives a part of them, parents in the order of their ids. */
    Page children(int offset, int limit) {
        lock.readLock().lock();
        try {
            int[] seen = {0};
            List<Row> parents = new ArrayList<>();
            visit(new Wanted(), (index, row) -> {
                int count = row == null ? generator.children() : row.children().size();
                if (seen[0] + count > offset && seen[0] < offset + limit) {
                    Row parent = row == null ? generator.row(index) : row;
                    int from = Math.max(0, offset - seen[0]);
                    int to = Math.min(count, offset + limit - seen[0]);
                    parents.add(parent.with(
                            parent.head(), parent.children().subList(from, to), parent.modified(), parent.status()));
                }
                seen[0] += count;
            });
            return new Page(seen[0], parents);
        } finally {
            lock.readLock().unlock();
        }
    }

    private Page byId(Wanted wanted, int offset, int limit) {
        int total = 0;
        if (wanted.descending) {
            int[] count = {0};
            visit(wanted, (index, row) -> count[0]++);
            total = count[0];
        }
        // descending: the same rows from the other end
        int from = wanted.descending ? Math.max(0, total - offset - limit) : offset;
        int to = wanted.descending ? total - offset : offset + limit;
        int[] seen = {0};
        List<Row> rows = new ArrayList<>();
        visit(wanted, (index, row) -> {
            if (seen[0] >= from && seen[0] < to) {
                rows.add(row == null ? generator.row(index) : row);
            }
            seen[0]++;
        });
        if (wanted.descending) {
            Collections.reverse(rows);
        }
        return new Page(seen[0], rows);
    }

    private Page sorted(Wanted wanted, int offset, int limit) {
        List<Object> matches = new ArrayList<>();
        Comparator<Object> order;
        if (wanted.order != null) {
            visit(wanted, (index, row) -> matches.add(row == null ? generator.row(index) : row));
            order = (a, b) -> wanted.order.compare((Row) a, (Row) b);
        } else {
            // an index stands for a generated row until it is known to be on the page
            visit(wanted, (index, row) -> matches.add(row == null ? (Object) index : row));
            order = Comparator.comparingLong(this::modified);
        }
        matches.sort(wanted.descending ? order.reversed() : order);
        List<Row> rows = new ArrayList<>();
        for (int i = Math.min(offset, matches.size()); i < Math.min(matches.size(), (long) offset + limit); i++) {
            Object match = matches.get(i);
            rows.add(match instanceof Row row ? row : generator.row((Integer) match));
        }
        return new Page(matches.size(), rows);
    }

    private long modified(Object match) {
        return match instanceof Row row ? row.modified() : generator.modified((Integer) match);
    }

    private interface Visitor {
        void visit(int index, Row row);
    }

    private void visit(Wanted wanted, Visitor visitor) {
        if (wanted.ids != null) {
            for (long id : new TreeSet<>(wanted.ids)) {
                Row row = kept.get(id);
                int index = index(id);
                if (row != null && matches(wanted, row)) {
                    visitor.visit(-1, row);
                } else if (row == null && index >= 0 && !replaced.get(index) && matches(wanted, index)) {
                    visitor.visit(index, null);
                }
            }
            return;
        }
        long first = generator.firstId();
        for (Row row : kept.headMap(first, false).values()) {
            if (matches(wanted, row)) {
                visitor.visit(-1, row);
            }
        }
        int from = (int) Math.min(generator.size(), Math.max(0, sub(wanted.leastId, first)));
        int to = (int) Math.max(-1, Math.min(generator.size() - 1, sub(wanted.mostId, first)));
        NavigableMap<Long, Row> inside = kept.subMap(first, true, first + generator.size(), false);
        var rows = inside.values().iterator();
        Row next = rows.hasNext() ? rows.next() : null;
        for (int index = from; index <= to; index++) {
            while (next != null && next.id() <= first + index) {
                if (matches(wanted, next)) {
                    visitor.visit(-1, next);
                }
                next = rows.hasNext() ? rows.next() : null;
            }
            if (!replaced.get(index) && matches(wanted, index)) {
                visitor.visit(index, null);
            }
        }
        while (next != null) {
            if (matches(wanted, next)) {
                visitor.visit(-1, next);
            }
            next = rows.hasNext() ? rows.next() : null;
        }
        for (Row row : kept.tailMap(first + generator.size(), true).values()) {
            if (matches(wanted, row)) {
                visitor.visit(-1, row);
            }
        }
    }

    private static long sub(long bound, long first) {
        return bound == Long.MIN_VALUE ? Long.MIN_VALUE : bound - first;
    }

    private boolean matches(Wanted wanted, Row row) {
        return wanted.keysMatch(row.id(), row.modified(), row.created(), row.status()) && wanted.rowMatches(row);
    }

    private boolean matches(Wanted wanted, int index) {
        return wanted.keysMatch(
                        generator.firstId() + index,
                        generator.modified(index),
                        generator.created(index),
                        generator.status())
                && (wanted.channels == null || wanted.channels.contains(1))
                && (wanted.document == null || wanted.rowMatches(generator.row(index)));
    }

    private int index(long id) {
        long index = id - generator.firstId();
        return index >= 0 && index < generator.size() ? (int) index : -1;
    }

    /** What generated rows have as their channels. */
    static List<Integer> firstChannel() {
        return FIRST_CHANNEL;
    }
}
