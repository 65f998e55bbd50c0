/* page_chart.c: the figure around a chart: what it is called, its legend, and its words. */
#include "output/page_chart.h"

#include <inttypes.h>
#include <math.h>

#include "output/cells.h"

/* ---- Rows --------------------------------------------------------------------------------------
 */

static const struct cbec_cell *cell_of(const struct drawing *drawing, size_t row, size_t column)
{
    return table_cell_at(&drawing->section->table, drawing->first + row, column);
}

double drawing_figure(const struct drawing *drawing, size_t row, size_t column)
{
    const struct cbec_cell *cell = cell_of(drawing, row, column);
    double figure = cell_is_null(cell)                ? 0
                    : cell->type == CBEC_CELL_INTEGER ? (double)cell->integer
                    : cell->type == CBEC_CELL_REAL    ? cell->real
                                                      : 0;
    return figure > 0 ? figure : 0;
}

bool drawing_is_complete(const struct drawing *drawing, size_t row)
{
    return section_row_is_complete(drawing->section, drawing->first + row);
}

bool drawing_is_paired(const struct drawing *drawing)
{
    const struct chart *chart = &drawing->section->chart;
    return chart->kind == CHART_PAIRS && chart->prior < drawing->section->table.columns;
}

bool drawing_has_mark(const struct drawing *drawing, size_t row)
{
    const struct chart *chart = &drawing->section->chart;
    return chart->prior < drawing->section->table.columns &&
           !cell_is_null(cell_of(drawing, row, chart->prior)) &&
           (chart->kind == CHART_BARS ||
            (chart->kind == CHART_COLUMNS && !drawing_is_complete(drawing, row)));
}

struct buffer drawing_text(const struct drawing *drawing, size_t row, size_t column)
{
    struct buffer text = {0};
    cell_append(drawing->page->language, &drawing->section->table, drawing->first + row, column,
                &text);
    drawing->page->out.failed |= text.failed;
    return text;
}

int64_t drawing_month(const struct drawing *drawing, size_t row)
{
    const struct cbec_cell *cell = cell_of(drawing, row, drawing->section->chart.label);
    if (cell->type != CBEC_CELL_TEXT || cell->length != strlen("2024-08") || cell->text[4] != '-')
        return -1;
    int64_t number = 0;
    for (size_t i = 0; i < cell->length; i++) {
        if (i == 4)
            continue;
        if (cell->text[i] < '0' || cell->text[i] > '9')
            return -1;
        number = number * 10 + (cell->text[i] - '0');
    }
    int64_t month = number % 100 - 1;
    return month >= 0 && month < 12 ? number / 100 * 12 + month : -1;
}

struct buffer drawing_label(const struct drawing *drawing, size_t row)
{
    int64_t month = drawing_month(drawing, row);
    bool one_year = month >= 0;
    for (size_t other = 0; one_year && other < drawing->count; other++) {
        int64_t compared = drawing_month(drawing, other);
        one_year = compared >= 0 && compared / 12 == month / 12;
    }
    if (!one_year)
        return drawing_text(drawing, row, drawing->section->chart.label);
    char key[32];
    struct buffer text = {0};
    snprintf(key, sizeof key, "month_%02d", (int)(month % 12) + 1);
    buffer_append(&text, slice_of(word_phrase(drawing->page->language, key)));
    drawing->page->out.failed |= text.failed;
    return text;
}

/* ---- Pieces of SVG -----------------------------------------------------------------------------
 */

void drawing_share(struct drawing *drawing, double share)
{
    int64_t thousandths = llround(share * 100000);
    buffer_append_format(&drawing->page->out, "%" PRId64, thousandths / 1000);
    if (thousandths % 1000)
        buffer_append_format(&drawing->page->out, ".%03d", (int)(thousandths % 1000));
    page_markup(drawing->page, "%");
}

void drawing_fill(struct drawing *drawing, size_t row)
{
    if (drawing_is_complete(drawing, row)) {
        page_markup(drawing->page, " class=\"bar\"");
        return;
    }
    page_markup(drawing->page, " class=\"bar part\" fill=\"url(#");
    page_text(drawing->page, slice_of(drawing->section->id));
    page_markup(drawing->page, "-hatch)\"");
}

/* Appends a phrase of a row: {0} its label, {1} its value, and for one with prior {2} the heading
 * of that, {3} itself. */
static void describe_row(const struct drawing *drawing, size_t row, bool prior, struct buffer *out)
{
    const struct chart *chart = &drawing->section->chart;
    enum language language = drawing->page->language;
    struct buffer label = drawing_text(drawing, row, chart->label);
    struct buffer value = drawing_text(drawing, row, chart->value);
    struct buffer name = {0}, compared = {0}, marked = {0};
    prior = prior && chart->prior < drawing->section->table.columns;
    if (prior) {
        heading_append(language, &drawing->section->table, chart->prior, &name);
        compared = drawing_text(drawing, row, chart->prior);
    }
    if (!drawing_is_complete(drawing, row)) {
        struct slice whole = buffer_slice(&label);
        phrase_append(language, "is_incomplete", &whole, &marked);
    }
    struct slice values[] = {buffer_slice(marked.length ? &marked : &label), buffer_slice(&value),
                             buffer_slice(&name), buffer_slice(&compared)};
    phrase_append(language, prior ? "chart_row_prior" : "chart_row", values, out);
    buffer_free(&label);
    buffer_free(&value);
    buffer_free(&name);
    buffer_free(&compared);
    buffer_free(&marked);
}

void drawing_tooltip(struct drawing *drawing, size_t row)
{
    struct buffer text = {0};
    bool compared = drawing_is_paired(drawing) || drawing_has_mark(drawing, row);
    describe_row(drawing, row, compared, &text);
    page_markup(drawing->page, "<title>");
    page_text(drawing->page, buffer_slice(&text));
    page_markup(drawing->page, "</title>");
    drawing->page->out.failed |= text.failed;
    buffer_free(&text);
}

/* ---- What the chart says in words --------------------------------------------------------------
 */

/* English sentences have a blank between them. */
static void next_sentence(const struct drawing *drawing, struct buffer *text)
{
    if (drawing->page->language == LANGUAGE_ENGLISH)
        buffer_append_byte(text, ' ');
}

static void describe_span(const struct drawing *drawing, struct buffer *text)
{
    const struct chart *chart = &drawing->section->chart;
    char count[32];
    format_count((int64_t)drawing->count, count);
    struct buffer from = drawing_text(drawing, 0, chart->label);
    struct buffer to = drawing_text(drawing, drawing->count - 1, chart->label);
    struct buffer heading = {0};
    heading_append(drawing->page->language, &drawing->section->table, chart->value, &heading);
    struct slice values[] = {slice_of(count), buffer_slice(&from), buffer_slice(&to),
                             buffer_slice(&heading)};
    phrase_append(drawing->page->language,
                  chart->kind == CHART_PAIRS ? "chart_span_of_pairs" : "chart_span", values, text);
    buffer_free(&from);
    buffer_free(&to);
    buffer_free(&heading);
}

static void describe_greatest(const struct drawing *drawing, struct buffer *text)
{
    const struct chart *chart = &drawing->section->chart;
    size_t greatest = 0;
    for (size_t row = 1; row < drawing->count; row++)
        if (drawing_figure(drawing, row, chart->value) >
            drawing_figure(drawing, greatest, chart->value))
            greatest = row;
    struct buffer label = drawing_text(drawing, greatest, chart->label);
    struct buffer value = drawing_text(drawing, greatest, chart->value);
    struct slice values[] = {buffer_slice(&label), buffer_slice(&value)};
    next_sentence(drawing, text);
    phrase_append(drawing->page->language, "chart_greatest", values, text);
    buffer_free(&label);
    buffer_free(&value);
}

void drawing_describe(struct drawing *drawing)
{
    struct page *page = drawing->page;
    struct slice id = slice_of(drawing->section->id);
    struct buffer text = {0};
    describe_span(drawing, &text);
    describe_greatest(drawing, &text);
    if (drawing->section->chart.kind != CHART_BARS) { /* in time, the last is the news */
        next_sentence(drawing, &text);
        describe_row(drawing, drawing->count - 1, true, &text);
    }
    next_sentence(drawing, &text);
    phrase_append(page->language, "chart_table", NULL, &text);

    page_markup(page, " role=\"img\" aria-describedby=\"");
    page_text(page, id);
    page_markup(page, "-words\">\n<title>");
    page_text(page, slice_of(section_title(drawing->section)));
    page_markup(page, "</title>\n<desc id=\"");
    page_text(page, id);
    page_markup(page, "-words\">");
    page_text(page, buffer_slice(&text));
    page_markup(page, "</desc>\n");
    page->out.failed |= text.failed;
    buffer_free(&text);
}

/* ---- The legend --------------------------------------------------------------------------------
 */

static void legend_entry(struct drawing *drawing, const char *key, struct slice text)
{
    page_markup(drawing->page, "<li><svg class=\"key\" width=\"14\" height=\"14\" "
                               "aria-hidden=\"true\">");
    page_markup(drawing->page, key);
    page_markup(drawing->page, "</svg>");
    page_text(drawing->page, text);
    page_markup(drawing->page, "</li>\n");
}

static void legend_heading(struct drawing *drawing, const char *key, size_t column)
{
    struct buffer text = {0};
    heading_append(drawing->page->language, &drawing->section->table, column, &text);
    legend_entry(drawing, key, buffer_slice(&text));
    drawing->page->out.failed |= text.failed;
    buffer_free(&text);
}

/* What a hatched bar is. The one of years or months is told with its figure, for which there is not
 * always room at the bar. */
static void legend_incomplete_text(struct drawing *drawing, size_t row, size_t count)
{
    enum language language = drawing->page->language;
    struct buffer text = {0}, named = {0};
    if (count > 1) {
        buffer_append(&text, slice_of(word_phrase(language, "incomplete")));
    } else {
        struct buffer label = drawing_label(drawing, row);
        struct buffer value = drawing_text(drawing, row, drawing->section->chart.value);
        struct slice name = buffer_slice(&label);
        phrase_append(language, "is_incomplete", &name, &named);
        struct slice values[] = {buffer_slice(&named), buffer_slice(&value)};
        phrase_append(language, "named", values, &text);
        buffer_free(&label);
        buffer_free(&value);
    }
    page_text(drawing->page, buffer_slice(&text));
    drawing->page->out.failed |= text.failed || named.failed;
    buffer_free(&text);
    buffer_free(&named);
}

static void legend_incomplete(struct drawing *drawing, size_t row, size_t count)
{
    struct page *page = drawing->page;
    page_markup(page, "<li><svg class=\"key\" width=\"14\" height=\"14\" aria-hidden=\"true\">"
                      "<defs><pattern id=\"");
    page_text(page, slice_of(drawing->section->id));
    page_markup(page, "-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
                      "patternTransform=\"rotate(45)\"><path class=\"hatch\" d=\"M1.5 0V6\"/>"
                      "</pattern></defs><rect class=\"bar part\" x=\"1.5\" y=\"2.5\" width=\"11\" "
                      "height=\"10\" fill=\"url(#");
    page_text(page, slice_of(drawing->section->id));
    page_markup(page, "-hatch)\"/></svg>");
    legend_incomplete_text(drawing, row, count);
    page_markup(page, "</li>\n");
}

static void legend_mark(struct drawing *drawing, size_t row, size_t count)
{
    const struct chart *chart = &drawing->section->chart;
    const char *key = chart->kind == CHART_BARS ? "<path class=\"mark\" d=\"M7 1V14\"/>"
                                                : "<path class=\"mark\" d=\"M0 7.5H14\"/>";
    struct buffer heading = {0}, text = {0};
    if (chart->kind == CHART_BARS || count > 1) {
        legend_heading(drawing, key, chart->prior);
        return;
    }
    struct buffer prior = drawing_text(drawing, row, chart->prior);
    heading_append(drawing->page->language, &drawing->section->table, chart->prior, &heading);
    struct slice values[] = {buffer_slice(&heading), buffer_slice(&prior)};
    phrase_append(drawing->page->language, "named", values, &text);
    legend_entry(drawing, key, buffer_slice(&text));
    drawing->page->out.failed |= text.failed || heading.failed;
    buffer_free(&prior);
    buffer_free(&heading);
    buffer_free(&text);
}

static void draw_legend(struct drawing *drawing)
{
    const struct chart *chart = &drawing->section->chart;
    size_t marks = 0, parts = 0, last_mark = 0, last_part = 0;
    for (size_t row = 0; row < drawing->count; row++) {
        if (drawing_has_mark(drawing, row)) {
            marks++;
            last_mark = row;
        }
        if (!drawing_is_complete(drawing, row)) {
            parts++;
            last_part = row;
        }
    }
    page_markup(drawing->page, "<ul class=\"legend\">\n");
    if (drawing_is_paired(drawing))
        legend_heading(drawing,
                       "<rect class=\"prior\" x=\"1\" y=\"2\" width=\"12\" height=\"11\"/>",
                       chart->prior);
    legend_heading(drawing, "<rect class=\"bar\" x=\"1\" y=\"2\" width=\"12\" height=\"11\"/>",
                   chart->value);
    if (parts)
        legend_incomplete(drawing, last_part, parts);
    if (marks)
        legend_mark(drawing, last_mark, marks);
    page_markup(drawing->page, "</ul>\n");
}

static void note_the_rest(struct drawing *drawing)
{
    struct page *page = drawing->page;
    char shown[32], all[32];
    struct buffer text = {0};
    if (drawing->count == drawing->section->table.rows)
        return;
    format_count((int64_t)drawing->count, shown);
    format_count((int64_t)drawing->section->table.rows, all);
    struct slice values[] = {slice_of(shown), slice_of(all)};
    phrase_append(page->language,
                  drawing->section->chart.kind == CHART_BARS ? "chart_first" : "chart_latest",
                  values, &text);
    page_markup(page, "<p>");
    page_text(page, buffer_slice(&text));
    page_markup(page, "</p>\n");
    page->out.failed |= text.failed;
    buffer_free(&text);
}

/* ------------------------------------------------------------------------------------------------
 */

void page_chart(struct page *page, const struct section *section)
{
    const struct chart *chart = &section->chart;
    size_t rows = section->table.rows;
    size_t columns = section->table.columns;
    if (chart->kind == CHART_NONE || rows == 0 || chart->label >= columns ||
        chart->value >= columns)
        return;
    struct drawing drawing = {.page = page, .section = section, .count = rows};
    if (rows > MOST_ROWS) {
        drawing.count = MOST_ROWS;
        drawing.first = chart->kind == CHART_BARS ? 0 : rows - MOST_ROWS;
    }
    for (size_t row = 0; row < drawing.count; row++) {
        drawing.greatest = fmax(drawing.greatest, drawing_figure(&drawing, row, chart->value));
        if (drawing_is_paired(&drawing) || drawing_has_mark(&drawing, row))
            drawing.greatest = fmax(drawing.greatest, drawing_figure(&drawing, row, chart->prior));
    }
    if (drawing.greatest <= 0) /* nothing to see */
        return;
    page_markup(page, "<figure>\n<figcaption>\n");
    draw_legend(&drawing);
    note_the_rest(&drawing);
    page_markup(page, "</figcaption>\n");
    if (chart->kind == CHART_BARS)
        draw_bars(&drawing);
    else
        draw_columns(&drawing);
    page_markup(page, "</figure>\n");
}
