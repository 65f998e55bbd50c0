/*
 * document.h: a report as a whole: the sentence, tables with their charts, and what the figures
 * rest on. It is put together once, and printed as a page (page.h) or a workbook (spreadsheet.h).
 *
 * All texts are copies, owned by the document. When memory runs out `failed` is set, what does not
 * fit is left out, and whoever prints looks at it once.
 */
#ifndef CBEC_OUTPUT_DOCUMENT_H
#define CBEC_OUTPUT_DOCUMENT_H

#include "cbec.h"
#include "output/words.h"

#define NO_COLUMN SIZE_MAX

struct table {
    size_t columns;
    size_t rows;
    char **names;            /* as queries name them: new_registrations */
    struct cbec_cell *cells; /* row by row */
};

/* What a chart draws of its section's table, by the number of the column. */
struct chart {
    enum chart_kind {
        CHART_NONE,
        CHART_COLUMNS, /* upright, one for each row, in their order: years, months */
        CHART_BARS,    /* lying, one for each row: provinces */
        CHART_PAIRS    /* as COLUMNS, beside each the one it is compared with: months */
    } kind;
    size_t label;    /* what a bar stands for */
    size_t value;    /* its length */
    size_t prior;    /* what it is compared with; or NO_COLUMN. A second bar in PAIRS, a mark across
                        BARS. In COLUMNS, where a complete row's prior stands beside it as a bar of
                        its own, it is a mark above those that are not complete. */
    size_t complete; /* 0 in rows that are no whole period, drawn as such; or NO_COLUMN */
};

struct section {
    char *id;    /* of letters, digits, _ and -: new_by_year */
    char *title; /* in the document's language */
    char *note;  /* caveats, a paragraph; NULL if there are none */
    struct table table;
    struct chart chart;
};

/* A line of the method: "as-of date": "2024-08-20". */
struct fact {
    char *name; /* in the document's language */
    char *value;
};

struct document {
    enum language language;
    char *title;
    char *sentence; /* the headline */
    char *as_of;    /* YYYY-MM-DD; NULL if nothing was imported yet */
    struct section *sections;
    size_t section_count;
    struct fact *facts;
    size_t fact_count;
    bool failed;
};

void document_begin(struct document *document, enum language language);
void document_free(struct document *document);

/* Copies a text to one of the members above. */
void document_set(struct document *document, char **member, const char *text);

/* Adds an empty section, with no chart. NULL when there is no memory. It is valid until the next
 * one is added. */
struct section *document_add_section(struct document *document, const char *id, const char *title,
                                     const char *note);

void document_add_fact(struct document *document, const char *name, const char *value);

/* The columns of a section's table, to be set once, before its rows. */
void section_set_columns(struct document *document, struct section *section,
                         const char *const *names, size_t count);
void section_add_row(struct document *document, struct section *section,
                     const struct cbec_cell *cells);

static inline const struct cbec_cell *table_cell_at(const struct table *table, size_t row,
                                                    size_t column)
{
    return &table->cells[row * table->columns + column];
}

/* ---- Its words ---------------------------------------------------------------------------------
 */

/* What a section is called; one without a title by its id, lest it have no name at all. */
static inline const char *section_title(const struct section *section)
{
    return section->title && *section->title ? section->title : section->id;
}

/* False for a row that is no whole period. */
bool section_row_is_complete(const struct section *section, size_t row);

/* Appends a column's heading, or a cell's content as people read it. Both are text that may come
 * from files. */
void heading_append(enum language language, const struct table *table, size_t column,
                    struct buffer *out);
void cell_append(enum language language, const struct table *table, size_t row, size_t column,
                 struct buffer *out);

#endif
