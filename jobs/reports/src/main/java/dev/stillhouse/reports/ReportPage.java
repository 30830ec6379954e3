package dev.stillhouse.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The page of a report: one HTML file that loads nothing. Only the two scripts that it brings may run, by a content security policy with
 * their hashes; texts from data are escaped wherever they stand.
 */
public final class ReportPage {
    private static final String RESOURCES = "dev/stillhouse/reports/";
    private static final String CHART_JS = "META-INF/resources/webjars/chart.js/4.4.9/dist/chart.umd.js";
    private static final Pattern ACTIVE =
            Pattern.compile("[\\p{Cc}&&[^\\n\\r\\t]]|[\\u202A-\\u202E\\u2066-\\u2069]|\\p{Cs}");

    private ReportPage() {}

    /** The report as a complete HTML document. */
    public static String render(Report report) {
        PageView page = PageView.of(report);
        String library = resource(CHART_JS)
                .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
                .strip();
        String script = resource(RESOURCES + "report.js");
        Map<String, Object> context = Map.of(
                "page",
                page,
                "styles",
                resource(RESOURCES + "report.css"),
                "library",
                library,
                "script",
                script,
                "policy",
                "'" + hash(library) + "' '" + hash(script) + "'",
                "data",
                island(page));
        ClasspathLoader loader = new ClasspathLoader(ReportPage.class.getClassLoader());
        loader.setPrefix(RESOURCES);
        PebbleEngine engine = new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                .build();
        StringWriter out = new StringWriter();
        try {
            engine.getTemplate("report.html.peb").evaluate(out, context);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot render report.html", e);
        }
        return inert(out.toString());
    }

    /** Without what moves a cursor or turns the direction of writing; marks of direction and joiners stay, of which some scripts are made. */
    private static String inert(String page) {
        return ACTIVE.matcher(page).replaceAll("\uFFFD");
    }

    /** JSON that cannot end the script element it stands in: these characters occur only inside its strings. */
    private static String island(PageView page) {
        try {
            return JsonMapper.builder()
                    .build()
                    .writeValueAsString(page.charts())
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the charts of report.html as JSON", e);
        }
    }

    private static String resource(String path) {
        try (InputStream in = ReportPage.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(
                        "Cannot render report.html: " + path + " is not on the class path; build again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash the scripts of report.html", e);
        }
    }
}
