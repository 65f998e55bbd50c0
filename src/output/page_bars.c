/* page_bars.c: lying bars, for what has names. */
#include "output/cells.h"
#include "output/page_chart.h"
#include "output/width.h"

/* Labels stand beside their bars if all are this short, in columns of text_width; above them
 * otherwise, where they may be longer and are then cut. */
enum { WIDEST_BESIDE = 18, WIDEST_ABOVE = 36 };

struct bars {
    struct drawing *drawing;
    bool beside;
    int label_room; /* px to the left of the bars … */
    int value_room; /* … and to their right: the figures make a column of their own, which no mark
                       crosses */
    int pitch;      /* px from row to row */
};

static struct bars measure(struct drawing *drawing)
{
    size_t label_width = 0, value_width = 0;
    for (size_t row = 0; row < drawing->count; row++) {
        struct buffer label = drawing_label(drawing, row);
        struct buffer value = drawing_text(drawing, row, drawing->section->chart.value);
        size_t mine = text_width(buffer_slice(&label));
        label_width = mine > label_width ? mine : label_width;
        mine = text_width(buffer_slice(&value));
        value_width = mine > value_width ? mine : value_width;
        buffer_free(&label);
        buffer_free(&value);
    }
    struct bars bars = {.drawing = drawing, .beside = label_width <= WIDEST_BESIDE};
    if (bars.beside)
        bars.label_room = (int)label_width * COLUMN_WIDTH + 2 * TEXT_GAP;
    bars.value_room = (int)value_width * COLUMN_WIDTH + 2 * TEXT_GAP;
    bars.pitch = bars.beside ? 25 : 44;
    return bars;
}

static void draw_label(const struct bars *bars, size_t row, int top)
{
    struct page *page = bars->drawing->page;
    struct buffer text = drawing_label(bars->drawing, row), cut = {0};
    text_cut(buffer_slice(&text), bars->beside ? WIDEST_BESIDE : WIDEST_ABOVE, &cut);
    if (bars->beside)
        buffer_append_format(&page->out,
                             "<text class=\"label\" x=\"-%d\" y=\"%d\" text-anchor=\"end\">",
                             TEXT_GAP, top + 17);
    else
        buffer_append_format(&page->out, "<text class=\"label\" x=\"0\" y=\"%d\">", top + 15);
    page_text(page, buffer_slice(&cut));
    page_markup(page, "</text>");
    page->out.failed |= cut.failed;
    buffer_free(&text);
    buffer_free(&cut);
}

static void draw_row(const struct bars *bars, size_t row)
{
    struct drawing *drawing = bars->drawing;
    const struct chart *chart = &drawing->section->chart;
    struct page *page = drawing->page;
    int top = (int)row * bars->pitch, bar = top + bars->pitch - 20;
    double figure = drawing_figure(drawing, row, chart->value);
    page_markup(page, "<g>");
    drawing_tooltip(drawing, row);
    draw_label(bars, row, top);
    if (figure > 0) {
        page_markup(page, "<rect");
        drawing_fill(drawing, row);
        page_markup(page, " x=\"0\" width=\"");
        drawing_share(drawing, figure / drawing->greatest);
        buffer_append_format(&page->out, "\" y=\"%d\" height=\"14\"/>", bar);
    }
    if (drawing_has_mark(drawing, row)) {
        double share = drawing_figure(drawing, row, chart->prior) / drawing->greatest;
        page_markup(page, "<line class=\"mark\" x1=\"");
        drawing_share(drawing, share);
        page_markup(page, "\" x2=\"");
        drawing_share(drawing, share);
        buffer_append_format(&page->out, "\" y1=\"%d\" y2=\"%d\"/>", bar - 3, bar + 17);
    }
    struct buffer value = drawing_text(drawing, row, chart->value);
    buffer_append_format(&page->out,
                         "<text class=\"value\" x=\"100%%\" dx=\"%d\" y=\"%d\" "
                         "text-anchor=\"end\">",
                         bars->value_room, bar + 12);
    page_text(page, buffer_slice(&value));
    page_markup(page, "</text></g>\n");
    buffer_free(&value);
}

void draw_bars(struct drawing *drawing)
{
    struct page *page = drawing->page;
    struct bars bars = measure(drawing);
    int height = (int)drawing->count * bars.pitch + 4;
    buffer_append_format(&page->out,
                         "<svg class=\"bars\" height=\"%d\" "
                         "style=\"padding-left:%dpx;padding-right:%dpx\"",
                         height, bars.label_room, bars.value_room);
    drawing_describe(drawing);
    for (size_t row = 0; row < drawing->count; row++)
        draw_row(&bars, row);
    if (bars.beside)
        buffer_append_format(&page->out,
                             "<line class=\"base\" x1=\"0.5\" x2=\"0.5\" y1=\"0\" y2=\"%d\"/>\n",
                             height);
    page_markup(page, "</svg>\n");
}
