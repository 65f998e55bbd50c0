#include "input/xlsx_sheet.h"

#include "input/limits.h"
#include "input/plain_xml.h"
#include "input/xlsx_row.h"
#include "util/error.h"

struct sheet {
    struct xml *xml;
    struct xlsx_row row;
    struct plain_row plain;
    struct buffer value; /* of a cell that is not plain */
    bool in_row;
    bool in_cell;
    bool in_inline; /* is */
    bool in_text;   /* v, or t in is */
    int phonetic;   /* rPh: spells out how a text is read, is no part of it */
    bool stopped;   /* by the function */
};

static void stop(struct sheet *sheet, enum cbec_status status)
{
    if (status != CBEC_OK)
        xml_stop(sheet->xml, status);
}

/* Hands the row on. */
static enum cbec_status end_row(struct sheet *sheet)
{
    const struct xlsx_sheet_reading *reading = sheet->row.reading;
    struct row row;
    enum cbec_status status = xlsx_row_end(&sheet->row, &row);
    if (status != CBEC_OK)
        return status;
    sheet->stopped = !reading->function(reading->context, &row);
    if (sheet->stopped)
        xml_stop(sheet->xml, CBEC_OK);
    return CBEC_OK;
}

/* ---- By expat ----------------------------------------------------------------------------------
 */

static struct slice attribute(const char **attributes, const char *name)
{
    return slice_of(xml_attribute(attributes, name));
}

static void on_row(struct sheet *sheet, const char **attributes)
{
    sheet->in_row = true;
    stop(sheet, xlsx_row_start(&sheet->row, attribute(attributes, "r"), false));
}

static void on_cell(struct sheet *sheet, const char **attributes)
{
    sheet->in_cell = true;
    buffer_clear(&sheet->value);
    stop(sheet, xlsx_row_start_cell(&sheet->row, attribute(attributes, "r"),
                                    attribute(attributes, "s"), attribute(attributes, "t")));
}

static void on_cell_end(struct sheet *sheet)
{
    sheet->in_cell = false;
    stop(sheet, sheet->value.failed ? error_no_memory(sheet->row.error)
                                    : xlsx_row_end_cell(&sheet->row, buffer_slice(&sheet->value)));
}

static void sheet_start(void *context, const char *element, const char **attributes)
{
    struct sheet *sheet = context;
    if (!sheet->in_row) {
        if (xml_is(element, "row"))
            on_row(sheet, attributes);
    } else if (!sheet->in_cell) {
        if (xml_is(element, "c"))
            on_cell(sheet, attributes);
    } else if (xml_is(element, "v")) {
        sheet->in_text = true;
    } else if (xml_is(element, "is")) {
        sheet->in_inline = true;
    } else if (xml_is(element, "t")) {
        sheet->in_text = sheet->in_inline && sheet->phonetic == 0;
    } else if (xml_is(element, "rPh")) {
        sheet->phonetic++;
    }
}

static void sheet_end(void *context, const char *element)
{
    struct sheet *sheet = context;
    if (!sheet->in_row)
        return;
    if (xml_is(element, "row")) {
        sheet->in_row = false;
        stop(sheet, end_row(sheet));
    } else if (!sheet->in_cell) {
        return;
    } else if (xml_is(element, "c")) {
        on_cell_end(sheet);
    } else if (xml_is(element, "v") || xml_is(element, "t")) {
        sheet->in_text = false;
    } else if (xml_is(element, "is")) {
        sheet->in_inline = false;
    } else if (xml_is(element, "rPh")) {
        sheet->phonetic--;
    }
}

static void sheet_text(void *context, const char *text, int length)
{
    struct sheet *sheet = context;
    if (!sheet->in_text)
        return;
    /* One byte more than a cell may have is enough to tell that it has too many. */
    size_t room = LIMIT_CELL_BYTES + 1 - sheet->value.length;
    buffer_append(&sheet->value,
                  (struct slice){text, (size_t)length < room ? (size_t)length : room});
}

/* ---- The part ----------------------------------------------------------------------------------
 */

static size_t sheet_plain(void *context, struct slice text)
{
    struct sheet *sheet = context;
    if (sheet->in_row || sheet->in_cell || sheet->phonetic > 0)
        return 0;
    size_t length = plain_row_read(text, &sheet->plain);
    if (length == 0)
        return 0;
    struct xlsx_row *row = &sheet->row;
    enum cbec_status status = xlsx_row_start(row, sheet->plain.number, true);
    for (size_t i = 0; i < sheet->plain.count && status == CBEC_OK; i++) {
        const struct plain_cell *cell = &sheet->plain.cells[i];
        status = xlsx_row_start_cell(row, cell->reference, cell->style, cell->type);
        if (status == CBEC_OK)
            status = xlsx_row_end_cell(row, cell->value);
    }
    stop(sheet, status == CBEC_OK ? end_row(sheet) : status);
    return length;
}

enum cbec_status xlsx_sheet_read(const struct xlsx_sheet_reading *reading, struct cbec_error *error)
{
    static const struct xml_handler handler = {sheet_start, sheet_end, sheet_text, "<row",
                                               sheet_plain};
    struct sheet sheet = {.row = {.reading = reading, .error = error}};
    enum cbec_status status = xml_open(reading->package, reading->path, reading->part, &handler,
                                       &sheet, &sheet.xml, error);
    if (status == CBEC_OK) {
        xml_unpack_ahead(sheet.xml);
        status = xml_read(sheet.xml, error);
    }
    if (status == CBEC_OK && !sheet.stopped)
        status = xlsx_strings_finish(reading->strings, error);
    xml_close(sheet.xml);
    plain_row_free(&sheet.plain);
    xlsx_row_free(&sheet.row);
    buffer_free(&sheet.value);
    return status;
}
