/* cells.h: what the printers share. */
#ifndef CBEC_OUTPUT_CELLS_H
#define CBEC_OUTPUT_CELLS_H

#include "output/output.h"

/* The functions of a printer; any may be NULL. They write through output_line and output->line. */
struct printer {
    const char *name;
    void (*begin)(struct output *);
    void (*row)(struct output *, const struct cbec_cell *);
    void (*end)(struct output *);
};

extern const struct printer table_printer;
extern const struct printer csv_printer;
extern const struct printer json_printer;
extern const struct printer markdown_printer;

struct column {
    struct slice name;
    struct slice heading; /* the name as people read it: blanks for _, visible */
    bool label;           /* its numbers are names (years, line numbers), not amounts */
    bool figures;         /* it holds numbers … */
    bool words;           /* … and it holds text */
    size_t width;         /* table: columns of the terminal */
    size_t cells_width;   /* table: that of the widest cell, without the heading */
    size_t figures_width; /* table: that of the widest cell that is no text */
};

/* A cell that waits to be printed, as people read it. */
struct held_cell {
    enum cbec_cell_type type;
    size_t from; /* where its text begins in output->held_text … */
    size_t length;
};

struct output {
    const struct printer *printer;
    FILE *file;
    struct output_options options;
    struct column *columns;
    size_t count;
    char *names;        /* what names and headings point into */
    struct buffer line; /* what output_line writes */
    size_t rows;        /* that were given so far */
    int error;          /* errno of the first failure, 0: none so far */

    /* For printers that must know the columns before they print the first row. */
    struct held_cell *held;
    size_t held_count;
    size_t held_capacity;
    struct buffer held_text;
    bool streaming; /* no more rows are held */
};

/* Writes output->line to the file and empties it; a failure is remembered. */
void output_line(struct output *output);

/* The text of a text cell. */
static inline struct slice cell_text(const struct cbec_cell *cell)
{
    return (struct slice){cell->text, cell->length};
}

/* NULL, or a number that has no digits. */
bool cell_is_null(const struct cbec_cell *cell);

/* True for a column whose numbers name something: 2,024 is no year. */
bool column_is_label(struct slice name);

/* True for a column of 1 and 0 that mean yes and no. */
bool column_is_flag(struct slice name);

/* True if the cells of a column stand at its right edge. */
bool column_is_right(const struct column *column);

/* True for a number with no more than one decimal, as all percentages are; a sum or a mean of the
 * user's may have digits to lose. */
bool number_is_tenths(double number);

/* Appends a number: a percentage, which is given with one decimal, so; any other with all its
 * digits. 0.0 has no sign. */
void format_percent(double percent, struct buffer *out);

/* A whole number with thousands separators, 4,715, in every locale. */
void format_count(int64_t count, char text[32]);

/* Appends the number of a cell that is neither null nor text: a count, a percentage, or a label. */
void format_number(const struct cbec_cell *cell, bool label, struct buffer *out);

/* Appends a cell as people read it. */
void cell_display(const struct output *output, const struct column *column,
                  const struct cbec_cell *cell, struct buffer *out);

/*
 * Printers for people hold rows until they know what the columns look like. Keeps the row and
 * returns true, or returns false when enough are held: then the printer prints those, and from
 * there on every row as it comes, so that memory stays bounded.
 */
bool output_hold(struct output *output, const struct cbec_cell *cells);

/* The text of a held cell. */
struct slice held_text(const struct output *output, const struct held_cell *cell);

#endif
