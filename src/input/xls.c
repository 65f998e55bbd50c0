#include <errno.h>
#include <freexl.h>
#include <stdio.h>
#include <stdlib.h>

#include "input/number.h"
#include "input/workbook.h"
#include "input/xls_survey.h"
#include "util/buffer.h"
#include "util/error.h"

/* freexl holds a whole workbook in memory; one of 65,536 rows has some tens of MiB. */
#define LIMIT_XLS_BYTES ((uint64_t)512 << 20)

struct sheet {
    const void *book;
    enum date_system dates;
    unsigned rows;
    unsigned short columns;
    struct cell *cells;
    char (*numbers)[NUMBER_TEXT_SIZE]; /* text of the row's numbers, a place for each column */
};

static enum cbec_status unreadable(const char *path, int code, struct cbec_error *error)
{
    if (code == FREEXL_INSUFFICIENT_MEMORY)
        return error_no_memory(error);
    return error_set(error, CBEC_ERROR_INPUT,
                     "%s: an .xls workbook that is damaged or of an unknown kind (error %d): open "
                     "it in a spreadsheet program and save it as .xlsx",
                     path, code);
}

/* freexl opens by path only. The file has none when it is a member of an archive. */
static enum cbec_status open_book(const struct export *export, const void **book,
                                  struct cbec_error *error)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", export->file);
    *book = NULL;
    errno = 0;
    int code = freexl_open(path, book);
    if (code == FREEXL_FILE_NOT_FOUND)
        return error_system(error, "open", export->path);
    /* With some damage it says that all went well, but there is no workbook. */
    return code == FREEXL_OK && *book ? CBEC_OK : unreadable(export->path, code, error);
}

static enum date_system dates_of(const void *book)
{
    unsigned mode = FREEXL_BIFF_DATEMODE_1900;
    freexl_get_info(book, FREEXL_BIFF_DATEMODE, &mode);
    return mode == FREEXL_BIFF_DATEMODE_1904 ? DATE_SYSTEM_1904 : DATE_SYSTEM_1900;
}

/* The text of a cell; a number's is written to `number`. Dates come as text, times of day behind
 * them. */
static struct cell cell_of(const FreeXL_CellValue *value, char number[NUMBER_TEXT_SIZE])
{
    struct cell cell = {.text = SLICE("")};
    switch (value->type) {
    case FREEXL_CELL_INT:
    case FREEXL_CELL_DOUBLE:
        number_format(value->type == FREEXL_CELL_INT ? value->value.int_value
                                                     : value->value.double_value,
                      number);
        return (struct cell){slice_of(number), true};
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_DATETIME:
    case FREEXL_CELL_TIME:
        cell.text = slice_of(value->value.text_value);
        break;
    default:
        break;
    }
    if (value->type == FREEXL_CELL_DATETIME && cell.text.length > DATE_TEXT_SIZE - 1)
        cell.text.length = DATE_TEXT_SIZE - 1;
    return cell;
}

/* Fills in the row's cells, up to the last one that has something in it. */
static size_t read_row(const struct sheet *sheet, unsigned row)
{
    size_t count = 0;
    for (unsigned short i = 0; i < sheet->columns; i++) {
        FreeXL_CellValue value = {.type = FREEXL_CELL_NULL};
        freexl_get_cell_value(sheet->book, row, i, &value);
        sheet->cells[i] = cell_of(&value, sheet->numbers[i]);
        if (value.type != FREEXL_CELL_NULL)
            count = i + (size_t)1;
    }
    return count;
}

static enum cbec_status read_rows(struct sheet *sheet, row_function function, void *context,
                                  struct cbec_error *error)
{
    sheet->cells = calloc((size_t)sheet->columns + 1, sizeof *sheet->cells);
    sheet->numbers = calloc((size_t)sheet->columns + 1, sizeof *sheet->numbers);
    enum cbec_status status = sheet->cells && sheet->numbers ? CBEC_OK : error_no_memory(error);
    for (unsigned i = 0; status == CBEC_OK && i < sheet->rows; i++) {
        struct row row = {.ordinal = i + (uint64_t)1,
                          .line = i + (uint64_t)1,
                          .cells = sheet->cells,
                          .count = read_row(sheet, i),
                          .dates = sheet->dates};
        /* freexl does not tell a row without cells from one that is not there. */
        if (row.count > 0 && !function(context, &row))
            break;
    }
    free(sheet->cells);
    free(sheet->numbers);
    return status;
}

static enum cbec_status read_sheet(const void *book, const char *path, unsigned short number,
                                   char **name, row_function function, void *context,
                                   struct cbec_error *error)
{
    struct sheet sheet = {.book = book, .dates = dates_of(book)};
    const char *called = NULL;
    int code = freexl_select_active_worksheet(book, number);
    if (code == FREEXL_OK)
        code = freexl_get_worksheet_name(book, number, &called);
    if (code == FREEXL_OK)
        code = freexl_worksheet_dimensions(book, &sheet.rows, &sheet.columns);
    if (code != FREEXL_OK)
        return unreadable(path, code, error);
    if (name) {
        *name = strdup(called ? called : "");
        if (!*name)
            return error_no_memory(error);
    }
    return read_rows(&sheet, function, context, error);
}

enum cbec_status xls_read(const struct export *export, int sheet, bool *exists, char **name,
                          row_function function, void *context, struct cbec_error *error)
{
    struct xls_sheets sheets;
    const void *book = NULL;
    *exists = false;
    if (export->size > LIMIT_XLS_BYTES)
        return error_set(error, CBEC_ERROR_INPUT,
                         "%s: an .xls workbook of more than %llu MiB: save it as .xlsx",
                         export->path, (unsigned long long)(LIMIT_XLS_BYTES >> 20));
    enum cbec_status status = xls_survey(export->file, export->path, &sheets, error);
    if (status != CBEC_OK || sheet < 0 || (size_t)sheet >= sheets.count)
        return status;
    *exists = true;
    status = open_book(export, &book, error);
    if (status == CBEC_OK)
        status =
            read_sheet(book, export->path, sheets.order[sheet], name, function, context, error);
    if (book)
        freexl_close(book);
    return status;
}
