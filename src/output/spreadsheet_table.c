#include <math.h>
#include <stdlib.h>

#include "output/cells.h"
#include "output/spreadsheet_writing.h"
#include "output/width.h"

/* Widths of columns, in figures of the default font. */
enum { NARROWEST = 10, WIDEST = 60, FILTER_BUTTON = 4 };

/* ---- Columns -----------------------------------------------------------------------------------
 */

static struct column column_of(const struct table *table, size_t number)
{
    struct column column = {.name = slice_of(table->names[number])};
    column.label = column_is_label(column.name);
    for (size_t row = 0; row < table->rows; row++) {
        const struct cbec_cell *cell = table_cell_at(table, row, number);
        if (!cell_is_null(cell))
            *(cell->type == CBEC_CELL_TEXT ? &column.words : &column.figures) = true;
    }
    return column;
}

/* Only such columns hold days. Elsewhere a text that looks like one is whatever it is. */
static bool column_is_date(struct slice name)
{
    return slice_ends_with(name, SLICE("_date")) || slice_ends_with(name, SLICE("_on")) ||
           slice_equal(name, SLICE("as_of"));
}

static double column_width(struct spreadsheet *book, const struct table *table, size_t number)
{
    enum language language = book->document->language;
    struct buffer shown = {0};
    heading_append(language, table, number, &shown);
    size_t widest = text_width(buffer_slice(&shown)) + FILTER_BUTTON;
    for (size_t row = 0; row < table->rows && widest < WIDEST; row++) {
        buffer_clear(&shown);
        cell_append(language, table, row, number, &shown);
        size_t width = text_width(buffer_slice(&shown)) + 2;
        widest = width > widest ? width : widest;
    }
    buffer_free(&shown);
    return (double)(widest > WIDEST ? WIDEST : widest < NARROWEST ? NARROWEST : widest);
}

static void write_heading(struct spreadsheet *book, lxw_worksheet *sheet, const struct table *table,
                          size_t number, const struct column *column)
{
    struct buffer heading = {0};
    lxw_col_t place = (lxw_col_t)number;
    bool right = (column_is_right(column) && !column->label) || column_is_date(column->name);
    heading_append(book->document->language, table, number, &heading);
    spreadsheet_text(book, sheet, 0, number, buffer_slice(&heading),
                     right ? FORMAT_FIGURE_HEADING : FORMAT_HEADING);
    double width = column_width(book, table, number);
    spreadsheet_check(book, worksheet_set_column(sheet, place, place, width, NULL));
    spreadsheet_check(book, heading.failed ? LXW_ERROR_MEMORY_MALLOC_FAILED : LXW_NO_ERROR);
    buffer_free(&heading);
}

/* ---- Cells -------------------------------------------------------------------------------------
 */

static void write_number(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, size_t number,
                         double value, enum spreadsheet_format format)
{
    spreadsheet_check(book, worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)number, value,
                                                   book->formats[format]));
}

static void write_words(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, size_t number,
                        const struct column *column, const struct cbec_cell *cell)
{
    struct buffer words = {0};
    word_append(book->document->language, column->name, cell_text(cell), &words);
    spreadsheet_plain_text(book, sheet, row, number, buffer_slice(&words));
    spreadsheet_check(book, words.failed ? LXW_ERROR_MEMORY_MALLOC_FAILED : LXW_NO_ERROR);
    buffer_free(&words);
}

/* What is missing is no cell at all, so that sums and charts do not take it for 0. */
static void write_cell(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, size_t number,
                       const struct column *column, const struct cbec_cell *cell)
{
    if (cell_is_null(cell))
        return;
    if (cell->type == CBEC_CELL_INTEGER)
        write_number(book, sheet, row, number, (double)cell->integer,
                     column->label                  ? FORMAT_LABEL
                     : column_is_flag(column->name) ? FORMAT_FLAG
                                                    : FORMAT_COUNT);
    else if (cell->type == CBEC_CELL_REAL && number_is_tenths(cell->real)) /* + 0.0: no -0 */
        write_number(book, sheet, row, number, round(cell->real * 10) / 10 + 0.0, FORMAT_PERCENT);
    else if (cell->type == CBEC_CELL_REAL)
        write_number(book, sheet, row, number, cell->real, FORMAT_TEXT);
    else if (!column_is_date(column->name) ||
             !spreadsheet_date(book, sheet, row, number, cell_text(cell), FORMAT_DATE))
        write_words(book, sheet, row, number, column, cell);
}

/* Says in the sheet's last row how many rows of the table it could not hold. */
static void write_missing_rows(struct spreadsheet *book, lxw_worksheet *sheet, size_t missing)
{
    char count[32];
    struct buffer text = {0};
    format_count((int64_t)missing, count);
    const struct slice values[] = {slice_of(count)};
    phrase_append(book->document->language, "rows_cut", values, &text);
    spreadsheet_text(book, sheet, SHEET_ROWS - 1, 0, buffer_slice(&text), FORMAT_NOTICE);
    buffer_free(&text);
}

/* ---- The sheet ---------------------------------------------------------------------------------
 */

static void set_up_view(struct spreadsheet *book, lxw_worksheet *sheet, const struct table *table,
                        size_t rows)
{
    worksheet_freeze_panes(sheet, 1, 0);
    spreadsheet_check(book, worksheet_set_row(sheet, 0, 20, NULL));
    if (rows > 1)
        spreadsheet_check(book, worksheet_autofilter(sheet, 0, 0, (lxw_row_t)rows,
                                                     (lxw_col_t)(table->columns - 1)));
    spreadsheet_check(book, worksheet_repeat_rows(sheet, 0, 0));
    worksheet_set_landscape(sheet);
}

void spreadsheet_table(struct spreadsheet *book, lxw_worksheet *sheet,
                       const struct section *section, const char *name)
{
    const struct table *table = &section->table;
    size_t rows = sheet_rows(table);
    struct column *columns = calloc(table->columns + 1, sizeof *columns);
    if (!columns)
        spreadsheet_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    for (size_t number = 0; !book->error && number < table->columns; number++) {
        columns[number] = column_of(table, number);
        write_heading(book, sheet, table, number, &columns[number]);
    }
    for (size_t row = 0; !book->error && row < rows; row++)
        for (size_t number = 0; number < table->columns; number++)
            write_cell(book, sheet, row + 1, number, &columns[number],
                       table_cell_at(table, row, number));
    free(columns);
    if (book->error || table->columns == 0)
        return;
    if (rows < table->rows)
        write_missing_rows(book, sheet, table->rows - rows);
    set_up_view(book, sheet, table, rows);
    spreadsheet_chart(book, sheet, section, name);
}
