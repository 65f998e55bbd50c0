/* spreadsheet_writing.h: a workbook under way, for the files that write its sheets. */
#ifndef CBEC_OUTPUT_SPREADSHEET_WRITING_H
#define CBEC_OUTPUT_SPREADSHEET_WRITING_H

#include "late/xlsxwriter.h"

#include "output/document.h"

/* What a sheet can hold, and a cell of it, in the UTF-16 units in which spreadsheets count. */
enum { SHEET_ROWS = 1048576, CELL_UNITS = 32767, SHEET_NAME_UNITS = 31 };

enum spreadsheet_format {
    FORMAT_TEXT, /* none of its own */
    FORMAT_TITLE,
    FORMAT_SENTENCE,
    FORMAT_HEADING,        /* over text */
    FORMAT_FIGURE_HEADING, /* over figures */
    FORMAT_NAME,           /* of a fact */
    FORMAT_PARAGRAPH,
    FORMAT_LINK,
    FORMAT_NOTICE,
    FORMAT_LITERAL, /* text that would become a formula when somebody edits its cell */
    FORMAT_LABEL,
    FORMAT_COUNT,
    FORMAT_FLAG, /* 1 and 0, shown as yes and no */
    FORMAT_PERCENT,
    FORMAT_DATE,
    FORMAT_FACT_DATE, /* beside other facts, which are text */
    FORMATS
};

struct spreadsheet {
    const struct document *document;
    lxw_workbook *workbook;
    lxw_format *formats[FORMATS];
    char **names; /* of the sheets: overview, sections, method */
    size_t name_count;
    struct buffer text; /* of the cell under way */
    int error;          /* errno of the first failure, 0: none so far */
};

/* ---- spreadsheet.c */

/* Remembers a failure of libxlsxwriter. */
void spreadsheet_check(struct spreadsheet *book, lxw_error error);

/* Writes text, which is never taken for a formula or a link; nothing if it is empty. */
void spreadsheet_text(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, size_t column,
                      struct slice text, enum spreadsheet_format format);

/* The same with the format of plain text, or FORMAT_LITERAL for what looks like a formula. */
void spreadsheet_plain_text(struct spreadsheet *book, lxw_worksheet *sheet, size_t row,
                            size_t column, struct slice text);

/* Writes a day as a date. False, and nothing written, if the text is no full date, or one that
 * spreadsheets do not agree on. */
bool spreadsheet_date(struct spreadsheet *book, lxw_worksheet *sheet, size_t row, size_t column,
                      struct slice text, enum spreadsheet_format format);

/* ---- spreadsheet_table.c */

/* How many rows of a table its sheet holds: all that fit below the headings; if that is not all of
 * them, the last row says so. */
static inline size_t sheet_rows(const struct table *table)
{
    return table->rows < SHEET_ROWS ? table->rows : SHEET_ROWS - 2;
}

/* Fills the sheet of a section: its table from the first row on, beside it its chart. */
void spreadsheet_table(struct spreadsheet *book, lxw_worksheet *sheet,
                       const struct section *section, const char *name);

/* ---- spreadsheet_chart.c */

/* Draws the section's chart, if it has one, to the right of its table. */
void spreadsheet_chart(struct spreadsheet *book, lxw_worksheet *sheet,
                       const struct section *section, const char *name);

/* ---- spreadsheet_text.c */

/* Appends text as a cell holds it: harmless, in XML too, and no longer than a cell may be. */
void cell_content(struct slice text, struct buffer *out);

/*
 * Appends a name for a sheet: the title, as far as a name may be like it, and unlike all of the
 * names that are taken. A title that is too long is cut, before a comma if there is one.
 */
void sheet_name(struct slice title, char *const *taken, size_t count, struct buffer *out);

/* ---- spreadsheet_parts.c */

/*
 * libxlsxwriter writes every part of a workbook to a temporary file first, which has a name for a
 * moment, and does not look whether it could be written. Here these files are memory instead.
 * parts_begin forgets what happened in this thread. parts_failure is an errno: ENOMEM if memory ran
 * out since, ELIBACC if nothing was written here, since libxlsxwriter has taken its own files; 0.
 */
void parts_begin(void);
int parts_failure(void);

#endif
