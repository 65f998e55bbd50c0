/* page_columns.c: upright bars, for what goes on in time. */
#include <math.h>

#include "output/cells.h"
#include "output/page_chart.h"
#include "output/width.h"

/* From the top down; px. */
enum { TOP = 28, PLOT = 210, BASELINE = TOP + PLOT, LABEL = BASELINE + 18, WORD = LABEL + 16 };

/* A column with its gap is no wider than this, lest three of them look like walls. */
enum { WIDEST_SLOT = 88 };

/*
 * Every label is shown where there is room for all. Where there is not is known only to the
 * browser, so labels are chosen once for each of these widths of a page, and the style sheet says
 * which of them it is. `room` is what the columns have at the least.
 */
enum { WIDTHS = 3 };
static const struct {
    const char *name;
    double room;
} widths[WIDTHS] = {{"phone", 236}, {"sheet", 620}, {"desk", 760}};

/* Which rows have a label, in each width. */
struct chosen {
    bool at[WIDTHS][MOST_ROWS];
};

struct columns {
    struct drawing *drawing;
    struct chosen labels;
    struct chosen values;
    size_t label_width; /* that of the widest; px */
    size_t value_width;
};

static double slot_width(const struct drawing *drawing, double room)
{
    return fmin(room / (double)drawing->count, WIDEST_SLOT);
}

static int height_of(const struct drawing *drawing, double figure)
{
    if (figure <= 0)
        return 0;
    int height = (int)lround(figure / drawing->greatest * PLOT);
    return height ? height : 1; /* whatever is more than nothing is seen */
}

/* How high the figure over a row's bar stands: above its mark if there is no room between them. */
static int value_height(const struct drawing *drawing, size_t row)
{
    const struct chart *chart = &drawing->section->chart;
    int height = height_of(drawing, drawing_figure(drawing, row, chart->value));
    if (!drawing_has_mark(drawing, row))
        return height;
    int mark = height_of(drawing, drawing_figure(drawing, row, chart->prior));
    return mark >= height && mark < height + 22 ? mark : height;
}

/* ---- Which labels there are --------------------------------------------------------------------
 */

static size_t widest(const struct drawing *drawing, bool label)
{
    size_t width = 0;
    for (size_t row = 0; row < drawing->count; row++) {
        struct buffer text = label ? drawing_label(drawing, row)
                                   : drawing_text(drawing, row, drawing->section->chart.value);
        size_t mine = text_width(buffer_slice(&text));
        width = mine > width ? mine : width;
        buffer_free(&text);
    }
    return width * COLUMN_WIDTH;
}

/* Where labels are thinned, those of round years or of the first months of years stay, and anything
 * else is counted from the first. The last, which is the news, has its label in any case. */
static void choose_labels(const struct columns *columns, double room, bool *chosen)
{
    static const int64_t steps[2][6] = {{1, 2, 5, 10, 20, 50}, {1, 2, 3, 6, 12, 24}};
    const struct drawing *drawing = columns->drawing;
    size_t last = drawing->count - 1;
    double slot = slot_width(drawing, room);
    double width = (double)(columns->label_width + TEXT_GAP);
    bool months = drawing_month(drawing, last) >= 0;
    /* How far the labels at the edges are moved, if place_text turns them inwards. */
    double half = (double)columns->label_width / 2;
    bool turned = half - TEXT_GAP > slot_width(drawing, widths[0].room) / 2;
    double inwards = turned ? fmax(half - slot / 2, 0) : 0;
    size_t step = 0;
    while (step < 5 && (double)steps[months][step] * slot < width)
        step++;
    for (size_t row = 0; row < last; row++) {
        const struct cbec_cell *label = table_cell_at(
            &drawing->section->table, drawing->first + row, drawing->section->chart.label);
        int64_t number = months                             ? drawing_month(drawing, row)
                         : label->type == CBEC_CELL_INTEGER ? label->integer
                                                            : (int64_t)row;
        double apart = (double)(last - row) * slot;
        if (row > 0 && chosen[0])
            apart = fmin(apart, (double)row * slot);
        chosen[row] = number % steps[months][step] == 0 && (step == 0 || apart >= width + inwards);
    }
    chosen[last] = true;
}

/* True if the figure over a row's bar stands clear of higher bars at its sides. */
static bool is_clear(const struct columns *columns, double slot, size_t row)
{
    const struct drawing *drawing = columns->drawing;
    int foot = value_height(drawing, row);
    for (size_t other = 0; other < drawing->count; other++) {
        double apart = fabs((double)other - (double)row) * slot - slot / 2;
        /* As much as its whole width: at an edge it is turned inwards. */
        if (other != row && apart < (double)columns->value_width &&
            height_of(drawing, drawing_figure(drawing, other, drawing->section->chart.value)) >
                foot + 2)
            return false;
    }
    return true;
}

/* All of them, or the latest and the greatest. */
static void choose_values(const struct columns *columns, double room, bool *chosen)
{
    const struct drawing *drawing = columns->drawing;
    size_t last = drawing->count - 1, greatest = 0;
    double slot = slot_width(drawing, room);
    double width = (double)(columns->value_width + TEXT_GAP);
    bool paired = drawing_is_paired(drawing);
    bool all = paired ? (double)columns->value_width <= slot * 0.5 : width <= slot;
    for (size_t row = 0; row < drawing->count; row++) {
        chosen[row] = all;
        if (drawing_figure(drawing, row, drawing->section->chart.value) >
            drawing_figure(drawing, greatest, drawing->section->chart.value))
            greatest = row;
    }
    if (all || paired) /* over its neighbour a number would be taken for the neighbour's */
        return;
    chosen[last] = is_clear(columns, slot, last);
    chosen[greatest] |= !chosen[last] || (double)(last - greatest) * slot >= width;
}

/* Begins a row's text, for the widths that it is shown in; false if there is none. */
static bool begin_text(struct page *page, const char *name, const struct chosen *chosen, size_t row)
{
    int count = 0;
    for (int i = 0; i < WIDTHS; i++)
        count += chosen->at[i][row];
    if (count == 0)
        return false;
    page_markup(page, "<text class=\"");
    page_markup(page, name);
    if (count < WIDTHS)
        page_markup(page, " fit");
    for (int i = 0; count < WIDTHS && i < WIDTHS; i++)
        if (chosen->at[i][row])
            buffer_append_format(&page->out, " %s", widths[i].name);
    page_markup(page, "\"");
    return true;
}

/* ---- Drawing -----------------------------------------------------------------------------------
 */

/* The attribute x of a text over the middle of a row's slot, `at` of which is to its left. At the
 * edges it is turned inwards if it would not fit. */
static void place_text(struct columns *columns, size_t row, double at, size_t width)
{
    struct drawing *drawing = columns->drawing;
    double slot = slot_width(drawing, widths[0].room);
    double count = (double)drawing->count;
    double spill = (double)width / 2 - TEXT_GAP;
    double left = ((double)row + at) * slot, right = (count - (double)row - at) * slot;
    page_markup(drawing->page, " x=\"");
    if (spill > right || spill > left) {
        drawing_share(drawing, spill > right ? 1 : 0);
        page_markup(drawing->page, spill > right ? "\" text-anchor=\"end\"" : "\"");
    } else {
        drawing_share(drawing, ((double)row + at) / count);
        page_markup(drawing->page, "\" text-anchor=\"middle\"");
    }
}

static double axis_step(double greatest)
{
    static const double factors[] = {2, 2.5, 2}; /* 1, 2, 5, 10, 20, … */
    double step = 1;
    for (size_t i = 0; greatest / step > 5; i++)
        step *= factors[i % 3];
    return step;
}

static bool has_axis(const struct drawing *drawing)
{
    return drawing->greatest >= 1 && drawing->greatest < 9e18;
}

static void draw_axis(struct drawing *drawing)
{
    struct page *page = drawing->page;
    double step = axis_step(drawing->greatest);
    page_markup(page, "<g class=\"axis\">\n");
    for (double at = step; has_axis(drawing) && at <= drawing->greatest; at += step) {
        char text[32];
        int y = BASELINE - (int)lround(at / drawing->greatest * PLOT);
        format_count((int64_t)at, text);
        buffer_append_format(&page->out,
                             "<line x1=\"0\" x2=\"100%%\" y1=\"%d.5\" y2=\"%d.5\"/>"
                             "<text x=\"-8\" y=\"%d\" text-anchor=\"end\">%s</text>\n",
                             y, y, y + 4, text);
    }
    page_markup(page, "</g>\n");
}

static void draw_bar(struct columns *columns, size_t row, double from, double width, size_t column)
{
    struct drawing *drawing = columns->drawing;
    double count = (double)drawing->count;
    int height = height_of(drawing, drawing_figure(drawing, row, column));
    if (height == 0)
        return;
    page_markup(drawing->page, "<rect");
    if (column == drawing->section->chart.value)
        drawing_fill(drawing, row);
    else
        page_markup(drawing->page, " class=\"prior\"");
    page_markup(drawing->page, " x=\"");
    drawing_share(drawing, ((double)row + from) / count);
    page_markup(drawing->page, "\" width=\"");
    drawing_share(drawing, width / count);
    buffer_append_format(&drawing->page->out, "\" y=\"%d\" height=\"%d\"/>", BASELINE - height,
                         height);
}

static void draw_mark(struct columns *columns, size_t row, int height)
{
    struct drawing *drawing = columns->drawing;
    double count = (double)drawing->count;
    page_markup(drawing->page, "<line class=\"mark\" x1=\"");
    drawing_share(drawing, ((double)row + 0.04) / count);
    page_markup(drawing->page, "\" x2=\"");
    drawing_share(drawing, ((double)row + 0.96) / count);
    buffer_append_format(&drawing->page->out, "\" y1=\"%d\" y2=\"%d\"/>", BASELINE - height,
                         BASELINE - height);
}

static void draw_value(struct columns *columns, size_t row, double at)
{
    struct drawing *drawing = columns->drawing;
    struct page *page = drawing->page;
    if (!begin_text(page, "value", &columns->values, row))
        return;
    struct buffer text = drawing_text(drawing, row, drawing->section->chart.value);
    place_text(columns, row, at, text_width(buffer_slice(&text)) * COLUMN_WIDTH);
    buffer_append_format(&page->out, " y=\"%d\" paint-order=\"stroke\">",
                         BASELINE - value_height(drawing, row) - 7);
    page_text(page, buffer_slice(&text));
    page_markup(page, "</text>");
    buffer_free(&text);
}

static void draw_row(struct columns *columns, size_t row)
{
    struct drawing *drawing = columns->drawing;
    const struct chart *chart = &drawing->section->chart;
    bool paired = drawing_is_paired(drawing);
    page_markup(drawing->page, "<g>");
    drawing_tooltip(drawing, row);
    if (paired)
        draw_bar(columns, row, 0.1, 0.36, chart->prior);
    draw_bar(columns, row, paired ? 0.5 : 0.14, paired ? 0.4 : 0.72, chart->value);
    if (drawing_has_mark(drawing, row))
        draw_mark(columns, row, height_of(drawing, drawing_figure(drawing, row, chart->prior)));
    draw_value(columns, row, paired ? 0.7 : 0.5);
    page_markup(drawing->page, "</g>\n");
}

static void draw_label(struct columns *columns, size_t row)
{
    struct drawing *drawing = columns->drawing;
    struct page *page = drawing->page;
    if (!begin_text(page, "label", &columns->labels, row))
        return;
    struct buffer text = drawing_label(drawing, row);
    place_text(columns, row, 0.5, text_width(buffer_slice(&text)) * COLUMN_WIDTH);
    buffer_append_format(&page->out, " y=\"%d\">", LABEL);
    page_text(page, buffer_slice(&text));
    page_markup(page, "</text>\n");
    buffer_free(&text);
}

/* The word "incomplete" below a row's label. It is for the last row, as only that goes on; were
 * there others, the legend tells. */
static void draw_word(struct columns *columns, size_t row)
{
    struct page *page = columns->drawing->page;
    const char *word = word_phrase(page->language, "incomplete");
    page_markup(page, "<text class=\"label\"");
    place_text(columns, row, 0.5, text_width(slice_of(word)) * COLUMN_WIDTH);
    buffer_append_format(&page->out, " y=\"%d\">%s</text>\n", WORD, word);
}

void draw_columns(struct drawing *drawing)
{
    struct page *page = drawing->page;
    struct columns columns = {.drawing = drawing,
                              .label_width = widest(drawing, true),
                              .value_width = widest(drawing, false)};
    for (int i = 0; i < WIDTHS; i++) {
        choose_labels(&columns, widths[i].room, columns.labels.at[i]);
        choose_values(&columns, widths[i].room, columns.values.at[i]);
    }
    bool whole = drawing_is_complete(drawing, drawing->count - 1);
    char greatest[32] = "";
    if (has_axis(drawing))
        format_count((int64_t)drawing->greatest, greatest);
    int padding = (int)strlen(greatest) * COLUMN_WIDTH + TEXT_GAP;

    buffer_append_format(&page->out,
                         "<svg class=\"columns\" height=\"%d\" "
                         "style=\"padding-left:%dpx;max-width:%dpx\"",
                         (whole ? LABEL : WORD) + 6, padding,
                         padding + (int)drawing->count * WIDEST_SLOT);
    drawing_describe(drawing);
    draw_axis(drawing);
    for (size_t row = 0; row < drawing->count; row++)
        draw_row(&columns, row);
    buffer_append_format(&page->out,
                         "<line class=\"base\" x1=\"0\" x2=\"100%%\" y1=\"%d.5\" y2=\"%d.5\"/>\n",
                         BASELINE, BASELINE);
    for (size_t row = 0; row < drawing->count; row++)
        draw_label(&columns, row);
    if (!whole)
        draw_word(&columns, drawing->count - 1);
    page_markup(page, "</svg>\n");
}
