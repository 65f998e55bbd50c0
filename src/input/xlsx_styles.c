#include "input/xlsx_styles.h"

#include <stdlib.h>
#include <strings.h>

#include "util/error.h"

enum {
    LIMIT_STYLES = 65536, /* spreadsheets write at most 65,490 */
    LIMIT_FORMATS = 65536
};

/* ---- Number formats (ISO/IEC 29500-1, 18.8.30 and 18.8.31)
 * ----------------------------------------- */

/* Formats that files do not spell out: the dates of all languages, and those of East Asian ones. */
static const struct {
    unsigned first;
    unsigned last;
} DATE_FORMATS[] = {{14, 22}, {27, 36}, {45, 47}, {50, 58}};

static bool builtin_is_date(unsigned format)
{
    for (size_t i = 0; i < sizeof DATE_FORMATS / sizeof *DATE_FORMATS; i++) {
        if (format >= DATE_FORMATS[i].first && format <= DATE_FORMATS[i].last)
            return true;
    }
    return false;
}

/* The length of the literal that a format begins with: "…", an escaped character, or a colour and
 * the like. */
static size_t literal_length(struct slice code)
{
    static const char escapes[] = "\\_*"; /* shown as it is, as wide a gap, repeated */
    const char *end = NULL;
    if (*code.at == '"')
        end = memchr(code.at + 1, '"', code.length - 1);
    else if (*code.at == '[')
        end = memchr(code.at, ']', code.length);
    else if (strchr(escapes, *code.at) && code.length > 1)
        end = code.at + 1;
    else if (code.length >= 7 && strncasecmp(code.at, "general", 7) == 0)
        end = code.at + 6;
    else
        return 0;
    return end ? (size_t)(end + 1 - code.at) : code.length;
}

/* [h], [mm], [ss]: hours and minutes that have passed. */
static bool is_elapsed(struct slice literal)
{
    if (literal.length < 3 || *literal.at != '[')
        return false;
    for (size_t i = 1; i + 1 < literal.length; i++) {
        if (!literal.at[i] || !strchr("hHmMsS", literal.at[i]))
            return false;
    }
    return true;
}

bool xlsx_format_is_date(struct slice code)
{
    static const struct slice words[] = {{"年", 3}, {"月", 3}, {"日", 3}};
    bool is_date = false;
    while (code.length > 0) {
        size_t literal = *code.at ? literal_length(code) : 1;
        if (literal > 0) {
            if (is_elapsed((struct slice){code.at, literal}))
                return false;
            code = slice_from(code, literal);
            continue;
        }
        is_date = is_date || strchr("yYmMdDhHsS", *code.at);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            is_date = is_date || slice_starts_with(code, words[i]);
        code = slice_from(code, 1);
    }
    return is_date;
}

/* ---- The styles part
 * ------------------------------------------------------------------------------ */

struct format {
    unsigned id;
    bool is_date;
};

struct reading {
    struct xlsx_styles *styles;
    struct format *formats; /* those spelt out */
    size_t format_count;
    bool in_formats;
    bool in_styles;
    bool no_memory;
};

static bool format_is_date(const struct reading *reading, unsigned format)
{
    for (size_t i = 0; i < reading->format_count; i++) {
        if (reading->formats[i].id == format)
            return reading->formats[i].is_date;
    }
    return builtin_is_date(format);
}

static void add_format(struct reading *reading, const char *id, const char *code)
{
    unsigned number;
    if (!id || !code || !xml_number(slice_of(id), &number) ||
        reading->format_count == LIMIT_FORMATS)
        return;
    struct format *formats =
        realloc(reading->formats, (reading->format_count + 1) * sizeof *formats);
    if (!formats) {
        reading->no_memory = true;
        return;
    }
    reading->formats = formats;
    formats[reading->format_count++] =
        (struct format){.id = number, .is_date = xlsx_format_is_date(slice_of(code))};
}

static void styles_start(void *context, const char *element, const char **attributes)
{
    struct reading *reading = context;
    if (strcmp(element, "numFmts") == 0) {
        reading->in_formats = true;
    } else if (strcmp(element, "cellXfs") == 0) {
        reading->in_styles = true;
    } else if (reading->in_formats && strcmp(element, "numFmt") == 0) {
        add_format(reading, xml_attribute(attributes, "numFmtId"),
                   xml_attribute(attributes, "formatCode"));
    } else if (reading->in_styles && strcmp(element, "xf") == 0 &&
               reading->styles->is_date.length < LIMIT_STYLES) {
        const char *id = xml_attribute(attributes, "numFmtId");
        unsigned format;
        bool is_date = id && xml_number(slice_of(id), &format) && format_is_date(reading, format);
        buffer_append_byte(&reading->styles->is_date, is_date);
    }
}

static void styles_end(void *context, const char *element)
{
    struct reading *reading = context;
    if (strcmp(element, "numFmts") == 0)
        reading->in_formats = false;
    else if (strcmp(element, "cellXfs") == 0)
        reading->in_styles = false;
}

enum cbec_status xlsx_styles_read(zip_t *package, const char *path, const char *part,
                                  struct xlsx_styles *styles, struct cbec_error *error)
{
    static const struct xml_handler handler = {.start = styles_start, .end = styles_end};
    *styles = (struct xlsx_styles){0};
    if (!part)
        return CBEC_OK;
    struct reading reading = {.styles = styles};
    struct xml *xml;
    enum cbec_status status = xml_open(package, path, part, &handler, &reading, &xml, error);
    if (status == CBEC_OK)
        status = xml_read(xml, error);
    xml_close(xml);
    free(reading.formats);
    if (status == CBEC_OK && (reading.no_memory || styles->is_date.failed))
        status = error_no_memory(error);
    return status;
}

void xlsx_styles_free(struct xlsx_styles *styles)
{
    buffer_free(&styles->is_date);
}
