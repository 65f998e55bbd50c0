#include "input/xlsx_sheet.h"

#include <stdlib.h>

#include "input/number.h"
#include "input/plain_xml.h"
#include "util/error.h"

enum cell_type {
    CELL_NUMBER,
    CELL_SHARED,
    CELL_INLINE,
    CELL_TEXT,
    CELL_DATE,
    CELL_BOOLEAN,
    CELL_ERROR
};

/* Where a cell's text lies: in the XML, or in the row's text, of which it becomes a slice when the
 * row is whole and moves no more. */
struct place {
    const char *in_xml; /* NULL: in the row's text, from start on */
    size_t start;
    size_t length;
    bool number;
};

struct sheet {
    const struct xlsx_sheet_reading *reading;
    struct xml *xml;
    struct cbec_error *error;

    unsigned row; /* its number, from 1; 0 before the first */
    struct place *places;
    struct cell *cells;
    size_t count;    /* of the row's cells */
    size_t capacity; /* of both arrays */
    struct buffer text;
    size_t length; /* of the text of all cells */
    enum cbec_refusal damage;

    size_t column; /* of the cell, from 0 */
    enum cell_type type;
    unsigned style;
    struct plain_row plain;
    bool is_plain;       /* the row: its values stay where they are in the XML */
    struct buffer value; /* of a cell, as the XML has it, unless the row is plain */
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

static enum cbec_status refuse(struct sheet *sheet, const char *what, int limit)
{
    return error_set(sheet->error, CBEC_ERROR_INPUT,
                     "%s: more than %d %s in a sheet: split the workbook", sheet->reading->path,
                     limit, what);
}

/* ---- Values
 * ---------------------------------------------------------------------------------------- */

/* Room that the row's text has left for a cell. */
static size_t room_for_cell(const struct sheet *sheet)
{
    size_t left = LIMIT_ROW_BYTES - sheet->length;
    return left < LIMIT_CELL_BYTES ? left : LIMIT_CELL_BYTES;
}

/* The text as far as there is room. */
static struct slice bounded(struct sheet *sheet, struct slice text)
{
    size_t room = room_for_cell(sheet);
    if (text.length > room) {
        sheet->damage = CBEC_REFUSED_CELL_TOO_LONG;
        text.length = room;
    }
    return text;
}

/* Puts text into the cell that will not be there when the row is whole. */
static void put_copy(struct sheet *sheet, struct place *place, struct slice text)
{
    text = bounded(sheet, text);
    place->length = text.length;
    buffer_append(&sheet->text, text);
}

/* Puts a value into the cell as it is. */
static void put_value(struct sheet *sheet, struct place *place, struct slice value)
{
    if (!sheet->is_plain) {
        put_copy(sheet, place, value);
        return;
    }
    value = bounded(sheet, value);
    place->in_xml = value.at;
    place->length = value.length;
}

/* What is plain has no escapes. */
static enum cbec_status put_text(struct sheet *sheet, struct place *place, struct slice value)
{
    if (!sheet->is_plain && value.length <= LIMIT_CELL_BYTES) { /* else it stays too long */
        xlsx_unescape(&sheet->value, 0);
        value = buffer_slice(&sheet->value);
    }
    put_value(sheet, place, value);
    return CBEC_OK;
}

/* A number is a date if its style says so and it is one; a number that is none stays what is
 * written. */
static enum cbec_status put_number(struct sheet *sheet, struct place *place, struct slice value)
{
    char text[NUMBER_TEXT_SIZE > DATE_TEXT_SIZE ? NUMBER_TEXT_SIZE : DATE_TEXT_SIZE];
    double number;
    struct date date;
    if (!number_parse(value, &number)) {
        put_value(sheet, place, value);
        return CBEC_OK;
    }
    if (xlsx_style_is_date(sheet->reading->styles, sheet->style) &&
        date_from_serial(number, sheet->reading->dates, &date)) {
        date_format(date, text);
    } else {
        number_format(number, text);
        place->number = true;
    }
    put_copy(sheet, place, slice_of(text));
    return CBEC_OK;
}

static enum cbec_status put_shared(struct sheet *sheet, struct place *place, struct slice value)
{
    unsigned number;
    size_t length;
    if (!xml_number(value, &number))
        return error_set(sheet->error, CBEC_ERROR_INPUT,
                         "%s: a damaged workbook: row %u names no shared string: save it again, or "
                         "get it again",
                         sheet->reading->path, sheet->row);
    size_t room = room_for_cell(sheet);
    enum cbec_status status = xlsx_strings_append(sheet->reading->strings, number, room,
                                                  &sheet->text, &length, sheet->error);
    if (status == CBEC_OK && length > room)
        sheet->damage = CBEC_REFUSED_CELL_TOO_LONG;
    place->length = sheet->text.length - place->start;
    return status;
}

static enum cbec_status put_boolean(struct sheet *sheet, struct place *place, struct slice value)
{
    bool is_true = slice_equal(value, SLICE("1"));
    put_copy(sheet, place, is_true ? SLICE("TRUE") : SLICE("FALSE"));
    return CBEC_OK;
}

/* #N/A and the like: no value. */
static enum cbec_status put_nothing(struct sheet *sheet, struct place *place, struct slice value)
{
    (void)sheet, (void)place, (void)value;
    return CBEC_OK;
}

/* ST_CellType (18.18.11): what the XML calls it, and what becomes of the value. */
static const struct {
    struct slice name;
    enum cbec_status (*put)(struct sheet *sheet, struct place *place, struct slice value);
} CELL_TYPES[] = {
    [CELL_NUMBER] = {{"n", 1}, put_number},       [CELL_SHARED] = {{"s", 1}, put_shared},
    [CELL_INLINE] = {{"inlineStr", 9}, put_text}, [CELL_TEXT] = {{"str", 3}, put_text},
    [CELL_DATE] = {{"d", 1}, put_text},           [CELL_BOOLEAN] = {{"b", 1}, put_boolean},
    [CELL_ERROR] = {{"e", 1}, put_nothing},
};

static enum cell_type type_of(struct slice name)
{
    for (size_t i = 0; i < sizeof CELL_TYPES / sizeof *CELL_TYPES; i++) {
        if (slice_equal(CELL_TYPES[i].name, name))
            return (enum cell_type)i;
    }
    return CELL_NUMBER;
}

/* ---- Rows and cells
 * -------------------------------------------------------------------------------- */

/* A row says its number, or is the next one; so is one that says a number already passed. */
static enum cbec_status start_row(struct sheet *sheet, struct slice said)
{
    unsigned number;
    if (!xml_number(said, &number) || number <= sheet->row)
        number = sheet->row + 1;
    sheet->row = number;
    sheet->count = 0;
    sheet->column = 0;
    sheet->length = 0;
    sheet->damage = CBEC_ACCEPTED;
    buffer_clear(&sheet->text);
    return number > LIMIT_SHEET_ROWS ? refuse(sheet, "rows", LIMIT_SHEET_ROWS) : CBEC_OK;
}

static void end_row(struct sheet *sheet)
{
    if (sheet->text.failed) {
        stop(sheet, error_no_memory(sheet->error));
        return;
    }
    for (size_t i = 0; i < sheet->count; i++) {
        struct place place = sheet->places[i];
        const char *at = place.length == 0 ? ""
                         : place.in_xml    ? place.in_xml
                                           : sheet->text.data + place.start;
        sheet->cells[i] = (struct cell){{at, place.length}, place.number};
    }
    struct row row = {.ordinal = sheet->row,
                      .line = sheet->row,
                      .cells = sheet->cells,
                      .count = sheet->count,
                      .damage = sheet->damage,
                      .dates = sheet->reading->dates};
    sheet->stopped = !sheet->reading->function(sheet->reading->context, &row);
    if (sheet->stopped)
        xml_stop(sheet->xml, CBEC_OK);
}

/* The column of a cell reference: 0 for A1, 27 for AB7; LIMIT_COLUMNS if it is beyond the limit. */
static size_t column_of(struct slice reference, size_t otherwise)
{
    size_t column = 0;
    for (size_t i = 0; i < reference.length; i++) {
        int lower = reference.at[i] | 0x20;
        if (lower < 'a' || lower > 'z')
            break;
        column = column * 26 + (size_t)(lower - 'a' + 1);
        if (column > LIMIT_COLUMNS)
            return LIMIT_COLUMNS;
    }
    return column > 0 ? column - 1 : otherwise;
}

/* Makes room for the cell, with empty ones before it. */
static enum cbec_status reach_column(struct sheet *sheet)
{
    if (sheet->column >= LIMIT_COLUMNS)
        return refuse(sheet, "columns", LIMIT_COLUMNS);
    if (sheet->column >= sheet->capacity) {
        size_t capacity = sheet->capacity ? sheet->capacity * 2 : 64;
        while (capacity <= sheet->column)
            capacity *= 2;
        struct place *places = realloc(sheet->places, capacity * sizeof *places);
        if (places)
            sheet->places = places;
        struct cell *cells = places ? realloc(sheet->cells, capacity * sizeof *cells) : NULL;
        if (!cells)
            return error_no_memory(sheet->error);
        sheet->cells = cells;
        sheet->capacity = capacity;
    }
    for (; sheet->count <= sheet->column; sheet->count++)
        sheet->places[sheet->count] = (struct place){0};
    return CBEC_OK;
}

static enum cbec_status start_cell(struct sheet *sheet, struct slice reference, struct slice style,
                                   struct slice type)
{
    sheet->type = type_of(type);
    if (!xml_number(style, &sheet->style))
        sheet->style = 0;
    sheet->column = column_of(reference, sheet->column);
    return reach_column(sheet);
}

static enum cbec_status end_cell(struct sheet *sheet, struct slice value)
{
    struct place place = {.start = sheet->text.length};
    enum cbec_status status = CBEC_OK;
    if (value.length > 0) {
        status = CELL_TYPES[sheet->type].put(sheet, &place, value);
        sheet->length += place.length;
        sheet->places[sheet->column] = place;
    }
    sheet->column++;
    return status;
}

/* ---- The part
 * -------------------------------------------------------------------------------------- */

static struct slice attribute(const char **attributes, const char *name)
{
    return slice_of(xml_attribute(attributes, name));
}

static void on_row(struct sheet *sheet, const char **attributes)
{
    sheet->in_row = true;
    sheet->is_plain = false;
    stop(sheet, start_row(sheet, attribute(attributes, "r")));
}

static void on_cell(struct sheet *sheet, const char **attributes)
{
    sheet->in_cell = true;
    buffer_clear(&sheet->value);
    stop(sheet, start_cell(sheet, attribute(attributes, "r"), attribute(attributes, "s"),
                           attribute(attributes, "t")));
}

static void on_cell_end(struct sheet *sheet)
{
    sheet->in_cell = false;
    stop(sheet, sheet->value.failed ? error_no_memory(sheet->error)
                                    : end_cell(sheet, buffer_slice(&sheet->value)));
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
        end_row(sheet);
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

static size_t sheet_plain(void *context, struct slice text)
{
    struct sheet *sheet = context;
    if (sheet->in_row || sheet->in_cell || sheet->phonetic > 0)
        return 0;
    size_t length = plain_row_read(text, &sheet->plain);
    if (length == 0)
        return 0;
    sheet->is_plain = true;
    enum cbec_status status = start_row(sheet, sheet->plain.number);
    for (size_t i = 0; i < sheet->plain.count && status == CBEC_OK; i++) {
        const struct plain_cell *cell = &sheet->plain.cells[i];
        status = start_cell(sheet, cell->reference, cell->style, cell->type);
        if (status == CBEC_OK)
            status = end_cell(sheet, cell->value);
    }
    if (status == CBEC_OK)
        end_row(sheet);
    stop(sheet, status);
    return length;
}

enum cbec_status xlsx_sheet_read(const struct xlsx_sheet_reading *reading, struct cbec_error *error)
{
    static const struct xml_handler handler = {sheet_start, sheet_end, sheet_text, "<row",
                                               sheet_plain};
    struct sheet sheet = {.reading = reading, .error = error};
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
    free(sheet.places);
    free(sheet.cells);
    buffer_free(&sheet.text);
    buffer_free(&sheet.value);
    return status;
}
