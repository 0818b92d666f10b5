package com.optiply.sync.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values and documents drawn from a seed: awkward ones, arbitrary ones, and such as look almost right. */
final class AnyValue {

    private static final String[] FIELDS = {
        "id",
        "name",
        "sku",
        "upc",
        "price",
        "calculated_price",
        "inventory_level",
        "inventory_tracking",
        "availability",
        "base_variant_id",
        "date_modified",
        "date_created",
        "variants",
        "option_values",
        "label",
        "total_ex_tax",
        "items_total",
        "consignments",
        "shipping",
        "email",
        "gift_certificates",
        "line_items",
        "quantity",
        "product_id",
        "variant_id",
        "type"
    };

    private static final Object[] AWKWARD = {
        null,
        "",
        "0.0000",
        "-5",
        "1e400",
        "1,50",
        "123456789012345678901234567890",
        0,
        -1,
        2147483648L,
        9007199254740993L,
        new BigDecimal("1.5"),
        new BigDecimal("1e1000000000"),
        new BigDecimal("1e-1000000000"),
        new BigInteger("9".repeat(900)),
        "\u0000",
        "\uD800",
        "a\r\nb",
        "<script>",
        "' OR 1=1 --",
        "{{secret}}",
        "${bean:x}",
        "../../etc",
        "none",
        "product",
        "variant",
        "available",
        "0001-01-01T00:00:00Z",
        "Mon, 30 Feb 2026 10:00:00 +0000",
        "2026-03-03T21:40:11",
        "Tue, 03 Mar 2026 21:40:11 +0000",
        true,
        false,
        Double.NaN,
        0.1,
        List.of(),
        Map.of()
    };

    private final Random random;

    AnyValue(long seed) {
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    Object value() {
        return value(0);
    }

    Map<String, Object> object() {
        return object(0);
    }

    private Object value(int depth) {
        switch (random.nextInt(depth < 5 ? 14 : 10)) {
            case 0, 1, 2:
                return AWKWARD[random.nextInt(AWKWARD.length)];
            case 3, 4:
                return 1 + random.nextInt(20);
            case 5:
                return random.nextLong();
            case 6:
                return new BigDecimal(new BigInteger(random.nextInt(120), random), random.nextInt(60) - 30).negate();
            case 7:
                return new BigDecimal(BigInteger.valueOf(random.nextInt()), random.nextInt(6)).abs();
            case 8:
                return BigDecimal.valueOf(random.nextInt(), random.nextInt(8)).toPlainString();
            case 9:
                return text();
            case 10, 11:
                return object(depth + 1);
            default:
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(value(depth + 1));
                }
                return list;
        }
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(14); i > 0; i--) {
            object.put(random.nextInt(10) == 0 ? text() : FIELDS[random.nextInt(FIELDS.length)], value(depth + 1));
        }
        return object;
    }

    private String text() {
        int length = random.nextInt(20) == 0 ? random.nextInt(5000) : random.nextInt(20);
        int kind = random.nextInt(4);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (kind) {
                case 0 -> text.append((char) random.nextInt(0x10000));
                case 1 -> text.append((char) random.nextInt(0xA0));
                case 2 -> text.appendCodePoint(0x1F600 + random.nextInt(60));
                default -> text.append((char) ('0' + random.nextInt(10)));
            }
        }
        return text.toString();
    }
}
