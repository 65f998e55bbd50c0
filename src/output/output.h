/*
 * output.h: rows of figures and text, printed in one of several formats.
 *
 *     struct output *output = output_begin(OUTPUT_CSV, stdout, NULL, columns, count);
 *     while (…)
 *         output_row(output, cells);
 *     if (!output_end(output))
 *         … errno says why
 */
#ifndef CBEC_OUTPUT_OUTPUT_H
#define CBEC_OUTPUT_OUTPUT_H

#include <stdint.h>
#include <stdio.h>

#include "cbec.h"
#include "output/words.h"
#include "util/buffer.h"

enum output_format {
    OUTPUT_TABLE,
    OUTPUT_CSV,
    OUTPUT_JSON,
    OUTPUT_MARKDOWN,
    OUTPUT_FORMATS /* how many there are */
};

struct output_options {
    bool bom;               /* CSV: a byte order mark first, for spreadsheets */
    int terminal_width;     /* table: no wider than this; 0: as wide as it gets */
    bool color;             /* table: headings in bold */
    enum language language; /* table and markdown: of headings and values */
};

/* A printer under way. */
struct output;

/* The format of that name, as in --format; false if there is none. */
bool output_format_find(const char *name, enum output_format *format);

/*
 * Begins to print to `file`, which stays open afterwards. `options` may be NULL, and `columns` need
 * not outlive the call. Returns NULL when there is no memory; the functions below take that NULL,
 * so that it is enough to look at what output_end says.
 */
struct output *output_begin(enum output_format format, FILE *file,
                            const struct output_options *options, const char *const *columns,
                            size_t count);

/* Prints a row of as many cells as columns. False: printing has failed, further rows are in vain.
 */
bool output_row(struct output *output, const struct cbec_cell *cells);

/*
 * Prints what is left, flushes `file` and gives `output` back. False when writing failed at any
 * time or memory ran out; errno is that of the first failure.
 */
bool output_end(struct output *output);

/* Gives `output` back without printing what is left, for when the rows themselves failed. */
void output_abandon(struct output *output);

/*
 * Appends `text` as a JSON string with its quotes. Characters that a terminal would act on are
 * escaped, and bytes that are no UTF-8 become U+FFFD: the result is valid JSON whatever the text.
 */
void json_string(struct slice text, struct buffer *out);

#endif
