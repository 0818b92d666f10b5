package com.optiply.sync.settings;

import com.optiply.sync.mapping.ProductMapper;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * What the value of a key may look like.
 *
 * @param allowed for people, in the manual and in messages: "whole number, 1 to 250"
 * @param reader takes a value to the one spelling under which the program uses it (no trailing slash, UTC, ...);
 *     throws {@link IllegalArgumentException} with the cure, which never repeats the value
 */
public record Kind(String allowed, UnaryOperator<String> reader) {

    private static final Pattern CREDENTIALS = Pattern.compile("(?i)@|[?&#;].*(user|pass|pwd|secret|token|key)");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

    /**
     * The value as a message may show it: on one line, not too long, and nothing that could be a credential in an
     * address.
     */
    static String shown(String value) {
        if (CREDENTIALS.matcher(value).find()) {
            return "(not shown, it may hold credentials)";
        }
        String line = value.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
        return '"' + (line.length() > 80 ? line.substring(0, 80) + "..." : line) + '"';
    }

    /** True for names and addresses that only this machine can reach; asks no name server. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    static Kind text() {
        return new Kind("text", value -> value);
    }

    static Kind matching(String regex, String allowed) {
        Pattern pattern = Pattern.compile(regex);
        return new Kind(allowed, value -> {
            require(pattern.matcher(value).matches(), "write " + allowed);
            return value;
        });
    }

    static Kind number(int least, int most) {
        String allowed = "whole number, " + least + " to " + most;
        return new Kind(allowed, value -> {
            require(value.matches("\\d{1,9}"), "write a " + allowed);
            int number = Integer.parseInt(value);
            require(number >= least && number <= most, "write a " + allowed);
            return Integer.toString(number);
        });
    }

    /** A part of a whole: 0.05 is five of a hundred. */
    static Kind share() {
        return new Kind("decimal number, 0 to 1", value -> {
            require(value.matches("\\d(\\.\\d{1,9})?"), "write a decimal number from 0 to 1, such as 0.05");
            BigDecimal share = new BigDecimal(value);
            require(share.compareTo(BigDecimal.ONE) <= 0, "write a decimal number from 0 to 1, such as 0.05");
            return share.toPlainString();
        });
    }

    static Kind choice(String... words) {
        String allowed = String.join(" or ", words);
        return new Kind(allowed, value -> Arrays.stream(words)
                .filter(word -> word.equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("write " + allowed)));
    }

    static Kind flag() {
        return matching("true|false", "true or false");
    }

    /** An instant, or a date that is taken as its first instant in UTC. */
    static Kind instant() {
        return new Kind(
                "instant in UTC as 2025-01-01T00:00:00Z, or a date as 2025-01-01 (its midnight in UTC)", value -> {
                    try {
                        Instant instant = value.matches("\\d{4}-\\d\\d-\\d\\d")
                                ? LocalDate.parse(value)
                                        .atStartOfDay(ZoneOffset.UTC)
                                        .toInstant()
                                : Instant.parse(value);
                        require(
                                !value.contains("T") || value.endsWith("Z"),
                                "write the instant in UTC, with Z at its end");
                        return instant.toString();
                    } catch (DateTimeException e) {
                        throw new IllegalArgumentException(
                                "write an instant in UTC as 2025-01-01T00:00:00Z, or a date as 2025-01-01", e);
                    }
                });
    }

    static Kind duration(String longest) {
        return new Kind("ISO-8601 duration, longer than 0, up to " + longest, value -> {
            String cure =
                    "write a duration as PT30S (30 seconds), PT10M (10 minutes) or PT1H (1 hour), longer than 0, up to "
                            + longest;
            try {
                Duration duration = Duration.parse(value);
                require(duration.toMillis() > 0 && duration.compareTo(Duration.parse(longest)) <= 0, cure);
                return duration.toString();
            } catch (DateTimeException | ArithmeticException e) {
                throw new IllegalArgumentException(cure, e);
            }
        });
    }

    static Kind url() {
        return new Kind("https:// address (http:// only to this machine), without user, password or query", value -> {
            URI uri;
            try {
                uri = new URI(value);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("write an address as https://host/path", e);
            }
            require(uri.getHost() != null, "write an address as https://host/path");
            require(uri.getRawUserInfo() == null, "take the user and password out of the address, it would be printed");
            require(
                    uri.getRawQuery() == null && uri.getRawFragment() == null,
                    "take what follows ? or # out of the address");
            boolean local = "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost());
            require(
                    "https".equalsIgnoreCase(uri.getScheme()) || local,
                    "write https://, because secrets travel there; http:// is accepted only to this machine");
            return value.replaceAll("/+$", "");
        });
    }

    /** An H2 or PostgreSQL URL; H2 wants a relative file to begin with a dot. */
    static Kind jdbcUrl() {
        Pattern credentials = Pattern.compile("(?i)[?&;](user|\\w*password)=|//[^/]*@");
        Pattern accepted = Pattern.compile("jdbc:h2:file:(\\.{0,2}/|[A-Za-z]:[/\\\\])[^;]+(;.*)?|jdbc:h2:mem:.*"
                + "|jdbc:postgresql://[^/?]+/[^/?]+(\\?.*)?");
        return new Kind(
                "jdbc:h2:file:PATH or jdbc:postgresql://HOST:PORT/DATABASE, without user or password", value -> {
                    require(
                            !credentials.matcher(value).find(),
                            "take the user and password out of the address, it would be printed;"
                                    + " they have their own keys, database.user and database.password");
                    require(
                            accepted.matcher(value).matches(),
                            "write jdbc:h2:file:./data/sync or jdbc:postgresql://host:5432/database");
                    return value;
                });
    }

    /** A Quartz cron expression with seconds, read in UTC. */
    static Kind cron() {
        return new Kind("Quartz cron in UTC: second minute hour day-of-month month day-of-week [year]", value -> {
            String cure = "write a Quartz cron of six or seven fields, such as 0 0 * * * ? for every hour";
            try {
                CronExpression cron = new CronExpression(value);
                cron.setTimeZone(TimeZone.getTimeZone("UTC"));
                require(cron.getNextValidTimeAfter(new Date()) != null, "it never fires again: " + cure);
                return value.replaceAll("\\s+", " ");
            } catch (ParseException e) {
                throw new IllegalArgumentException(cure + " (Quartz: " + e.getMessage() + ")", e);
            }
        });
    }

    /** Comma list of BigCommerce's own names; comes out in their spelling, in the given order, each once. */
    static Kind statuses() {
        return new Kind("comma list of BigCommerce's own names: " + String.join(", ", OrderStatuses.NAMES), value -> {
            List<String> names = words(value).stream()
                    .map(word -> OrderStatuses.NAMES.stream()
                            .filter(word::equalsIgnoreCase)
                            .findFirst()
                            .orElseThrow(
                                    () -> new IllegalArgumentException("a name is not one of BigCommerce's statuses: "
                                            + String.join(", ", OrderStatuses.NAMES))))
                    .distinct()
                    .toList();
            require(!names.isEmpty(), "write at least one status name");
            return String.join(",", names);
        });
    }

    static Kind streams() {
        return new Kind("comma list of stream names, or all", value -> {
            List<String> names = words(value);
            require(
                    !names.isEmpty() && names.stream().allMatch(name -> name.matches("[a-z][a-z0-9_-]*")),
                    "write stream names in small letters with commas between them, such as customers,refunds, or all");
            require(names.size() == 1 || !names.contains("all"), "write either all, or the names alone");
            return String.join(",", names.stream().distinct().toList());
        });
    }

    /** A JSON pointer into BigCommerce's product or variant, which the mapper of products can follow. */
    static Kind productPointer(String attribute) {
        return new Kind("JSON pointer as /product/... or /variant/...", value -> {
            try {
                ProductMapper.check(Map.of(attribute, value));
                return value;
            } catch (IllegalArgumentException e) {
                // It begins with key and value, which every message about a setting names already.
                throw new IllegalArgumentException(
                        e.getMessage().replaceFirst("^products\\.map\\.\\w+ is \".*?\"; ", ""), e);
            }
        });
    }

    static Kind directory() {
        return new Kind("path, from the working directory if it is relative", value -> {
            try {
                return Path.of(value).toString();
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("write a path of this machine", e);
            }
        });
    }

    static List<String> words(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static void require(boolean fulfilled, String cure) {
        if (!fulfilled) {
            throw new IllegalArgumentException(cure);
        }
    }
}
