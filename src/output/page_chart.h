/* page_chart.h: what the charts of a page share. */
#ifndef CBEC_OUTPUT_PAGE_CHART_H
#define CBEC_OUTPUT_PAGE_CHART_H

#include "output/page_parts.h"

/*
 * A chart being drawn. It has one SVG for all widths: lengths along the page are percentages, so
 * that it stretches while letters and lines keep their size. What has no percentage (labels of the
 * axis) stands in a padding of fixed width.
 */
struct drawing {
    struct page *page;
    const struct section *section;
    size_t first;    /* the first row that is drawn … */
    size_t count;    /* … and how many are */
    double greatest; /* of all figures that are drawn; above 0 */
};

/* More bars than this cannot be told apart on a telephone. The latest columns and the first bars
 * are shown, and the chart says so. */
enum { MOST_ROWS = 40 };

/* The width of a column of text_width in the charts' letters, a little more than it takes, and what
 * keeps texts apart; px. */
enum { COLUMN_WIDTH = 7, TEXT_GAP = 8 };

/* What the cell in `column` of the drawing's row counts, as a length: no less than 0. */
double drawing_figure(const struct drawing *drawing, size_t row, size_t column);

/* False for a row that is no whole period. */
bool drawing_is_complete(const struct drawing *drawing, size_t row);

/* True if a bar of what it is compared with stands beside each. */
bool drawing_is_paired(const struct drawing *drawing);

/* True if the row's prior is drawn as a mark. */
bool drawing_has_mark(const struct drawing *drawing, size_t row);

/* A cell of the drawing's row as people read it; to be freed. The label of a month of a year that
 * all rows share is its name. */
struct buffer drawing_text(const struct drawing *drawing, size_t row, size_t column);
struct buffer drawing_label(const struct drawing *drawing, size_t row);

/* The number of the month that a row's label names, YYYY-MM; below 0 if it names none. */
int64_t drawing_month(const struct drawing *drawing, size_t row);

/* Appends `share` of a whole as a percentage with three decimals, in every locale. */
void drawing_share(struct drawing *drawing, double share);

/* A bar's fill: hatched if its row is not complete. */
void drawing_fill(struct drawing *drawing, size_t row);

/* What is shown when pointing at a row: its label and figures, whole. */
void drawing_tooltip(struct drawing *drawing, size_t row);

/* The two kinds of chart: their <svg>, from its attributes on. */
void draw_columns(struct drawing *drawing);
void draw_bars(struct drawing *drawing);

/* Closes the tag <svg … that draw_columns and draw_bars have begun, and says in words what the
 * chart shows. */
void drawing_describe(struct drawing *drawing);

#endif
