#include "input/xlsx_row.h"

#include <stdlib.h>

#include "input/limits.h"
#include "input/number.h"
#include "util/error.h"

static enum cbec_status refuse(struct xlsx_row *row, const char *what, int limit)
{
    return error_set(row->error, CBEC_ERROR_INPUT,
                     "%s: more than %d %s in a sheet: split the workbook", row->reading->path,
                     limit, what);
}

/* ---- Values
 * ---------------------------------------------------------------------------------------- */

/* Room that the row's text has left for a cell. */
static size_t room_for_cell(const struct xlsx_row *row)
{
    size_t left = LIMIT_ROW_BYTES - row->length;
    return left < LIMIT_CELL_BYTES ? left : LIMIT_CELL_BYTES;
}

/* The text as far as there is room. */
static struct slice bounded(struct xlsx_row *row, struct slice text)
{
    size_t room = room_for_cell(row);
    if (text.length > room) {
        row->damage = CBEC_REFUSED_CELL_TOO_LONG;
        text.length = room;
    }
    return text;
}

/* Puts text into the cell that will not be there when the row is whole. */
static void put_copy(struct xlsx_row *row, struct xlsx_place *place, struct slice text)
{
    text = bounded(row, text);
    place->length = text.length;
    buffer_append(&row->text, text);
}

/* Puts a value into the cell as it is. */
static void put_value(struct xlsx_row *row, struct xlsx_place *place, struct slice value)
{
    if (!row->values_stay) {
        put_copy(row, place, value);
        return;
    }
    value = bounded(row, value);
    place->in_xml = value.at;
    place->length = value.length;
}

/* A value that stays has no escapes. */
static enum cbec_status put_text(struct xlsx_row *row, struct xlsx_place *place, struct slice value)
{
    if (row->values_stay) {
        put_value(row, place, value);
        return CBEC_OK;
    }
    buffer_append(&row->text, value);
    if (value.length <= LIMIT_CELL_BYTES) /* else it stays too long */
        xlsx_unescape(&row->text, place->start);
    struct slice text = bounded(row, slice_from(buffer_slice(&row->text), place->start));
    place->length = text.length;
    row->text.length = place->start + text.length;
    return CBEC_OK;
}

/* A number is a date if its style says so and it is one; a number that is none stays what is
 * written. */
static enum cbec_status put_number(struct xlsx_row *row, struct xlsx_place *place,
                                   struct slice value)
{
    char text[NUMBER_TEXT_SIZE > DATE_TEXT_SIZE ? NUMBER_TEXT_SIZE : DATE_TEXT_SIZE];
    double number;
    struct date date;
    if (!number_parse(value, &number)) {
        put_value(row, place, value);
        return CBEC_OK;
    }
    if (xlsx_style_is_date(row->reading->styles, row->style) &&
        date_from_serial(number, row->reading->dates, &date)) {
        date_format(date, text);
    } else {
        number_format(number, text);
        place->number = true;
    }
    put_copy(row, place, slice_of(text));
    return CBEC_OK;
}

static enum cbec_status put_shared(struct xlsx_row *row, struct xlsx_place *place,
                                   struct slice value)
{
    unsigned number;
    size_t length;
    if (!xml_number(value, &number))
        return error_set(row->error, CBEC_ERROR_INPUT,
                         "%s: a damaged workbook: row %u names no shared string: save it again, or "
                         "get it again",
                         row->reading->path, row->number);
    size_t room = room_for_cell(row);
    enum cbec_status status =
        xlsx_strings_append(row->reading->strings, number, room, &row->text, &length, row->error);
    if (status == CBEC_OK && length > room)
        row->damage = CBEC_REFUSED_CELL_TOO_LONG;
    place->length = row->text.length - place->start;
    return status;
}

static enum cbec_status put_boolean(struct xlsx_row *row, struct xlsx_place *place,
                                    struct slice value)
{
    bool is_true = slice_equal(value, SLICE("1"));
    put_copy(row, place, is_true ? SLICE("TRUE") : SLICE("FALSE"));
    return CBEC_OK;
}

/* #N/A and the like: no value. */
static enum cbec_status put_nothing(struct xlsx_row *row, struct xlsx_place *place,
                                    struct slice value)
{
    (void)row, (void)place, (void)value;
    return CBEC_OK;
}

/* ST_CellType (18.18.11): what the XML calls it, and what becomes of the value. */
static const struct {
    struct slice name;
    enum cbec_status (*put)(struct xlsx_row *row, struct xlsx_place *place, struct slice value);
} CELL_TYPES[] = {
    [CELL_NUMBER] = {{"n", 1}, put_number},       [CELL_SHARED] = {{"s", 1}, put_shared},
    [CELL_INLINE] = {{"inlineStr", 9}, put_text}, [CELL_TEXT] = {{"str", 3}, put_text},
    [CELL_DATE] = {{"d", 1}, put_text},           [CELL_BOOLEAN] = {{"b", 1}, put_boolean},
    [CELL_ERROR] = {{"e", 1}, put_nothing},
};

static enum xlsx_cell_type type_of(struct slice name)
{
    for (size_t i = 0; i < sizeof CELL_TYPES / sizeof *CELL_TYPES; i++) {
        if (slice_equal(CELL_TYPES[i].name, name))
            return (enum xlsx_cell_type)i;
    }
    return CELL_NUMBER;
}

/* ---- Rows and cells
 * -------------------------------------------------------------------------------- */

/* A row says its number, or is the next one; so is one that says a number already passed. */
enum cbec_status xlsx_row_start(struct xlsx_row *row, struct slice said, bool values_stay)
{
    unsigned number;
    if (!xml_number(said, &number) || number <= row->number)
        number = row->number + 1;
    row->number = number;
    row->values_stay = values_stay;
    row->count = 0;
    row->column = 0;
    row->length = 0;
    row->damage = CBEC_ACCEPTED;
    buffer_clear(&row->text);
    return number > LIMIT_SHEET_ROWS ? refuse(row, "rows", LIMIT_SHEET_ROWS) : CBEC_OK;
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
static enum cbec_status reach_column(struct xlsx_row *row)
{
    if (row->column >= LIMIT_COLUMNS)
        return refuse(row, "columns", LIMIT_COLUMNS);
    if (row->column >= row->capacity) {
        size_t capacity = row->capacity ? row->capacity * 2 : 64;
        while (capacity <= row->column)
            capacity *= 2;
        struct xlsx_place *places = realloc(row->places, capacity * sizeof *places);
        if (places)
            row->places = places;
        struct cell *cells = places ? realloc(row->cells, capacity * sizeof *cells) : NULL;
        if (!cells)
            return error_no_memory(row->error);
        row->cells = cells;
        row->capacity = capacity;
    }
    for (; row->count <= row->column; row->count++)
        row->places[row->count] = (struct xlsx_place){0};
    return CBEC_OK;
}

enum cbec_status xlsx_row_start_cell(struct xlsx_row *row, struct slice reference,
                                     struct slice style, struct slice type)
{
    row->type = type_of(type);
    if (!xml_number(style, &row->style))
        row->style = 0;
    row->column = column_of(reference, row->column);
    return reach_column(row);
}

enum cbec_status xlsx_row_end_cell(struct xlsx_row *row, struct slice value)
{
    struct xlsx_place place = {.start = row->text.length};
    enum cbec_status status = CBEC_OK;
    if (value.length > 0) {
        status = CELL_TYPES[row->type].put(row, &place, value);
        row->length += place.length;
        row->places[row->column] = place;
    }
    row->column++;
    return status;
}

enum cbec_status xlsx_row_end(struct xlsx_row *row, struct row *whole)
{
    if (row->text.failed)
        return error_no_memory(row->error);
    for (size_t i = 0; i < row->count; i++) {
        struct xlsx_place place = row->places[i];
        const char *at = place.length == 0 ? ""
                         : place.in_xml    ? place.in_xml
                                           : row->text.data + place.start;
        row->cells[i] = (struct cell){{at, place.length}, place.number};
    }
    *whole = (struct row){.ordinal = row->number,
                          .line = row->number,
                          .cells = row->cells,
                          .count = row->count,
                          .damage = row->damage,
                          .dates = row->reading->dates};
    return CBEC_OK;
}

void xlsx_row_free(struct xlsx_row *row)
{
    free(row->places);
    free(row->cells);
    buffer_free(&row->text);
}
