#include <stdlib.h>

#include "output/cells.h"
#include "output/spreadsheet_writing.h"
#include "output/width.h"

/* More bars than these cannot be told apart: of provinces, which come greatest first, the first are
 * drawn, of years and months the last. */
enum { MOST_BARS = 35, MOST_COLUMNS = 400 };

/* With more columns than these there is no room for their figures. */
enum { MOST_FIGURES = 16 };

/* Without any size of its own a chart has this one, in pixels. */
enum { DEFAULT_WIDTH = 480, DEFAULT_HEIGHT = 288 };

enum { VALUE_COLOUR = 0x1f5f99, PRIOR_COLOUR = 0xb4bcc4, LINE_COLOUR = 0xd9d9d9 };

struct drawing {
    struct spreadsheet *book;
    lxw_chart *chart;
    const struct section *section;
    const char *sheet;
    bool bars;
    size_t first; /* row of the table */
    size_t rows;
};

/* ---- Texts -------------------------------------------------------------------------------------
 */

static enum language language_of(const struct drawing *drawing)
{
    return drawing->book->document->language;
}

/* A text in a chart: short, visible, and never read as a formula. The caller frees it. */
static struct buffer chart_text(struct slice text)
{
    struct buffer out = {0};
    if (slice_starts_with(text, SLICE("=")))
        buffer_append_byte(&out, ' ');
    text_cut(text, 200, &out);
    return out;
}

/* What bars stand for, and which of them are of periods that are not over. */
static void append_label_name(const struct drawing *drawing, struct buffer *out)
{
    const struct table *table = &drawing->section->table;
    size_t label = drawing->section->chart.label;
    struct buffer heading = {0};
    struct buffer incomplete = {0};
    heading_append(language_of(drawing), table, label, &heading);
    for (size_t row = drawing->first; row < drawing->first + drawing->rows; row++) {
        if (section_row_is_complete(drawing->section, row))
            continue;
        if (incomplete.length > 0)
            buffer_append(&incomplete, slice_of(word_phrase(language_of(drawing), "comma")));
        cell_append(language_of(drawing), table, row, label, &incomplete);
    }
    const struct slice values[] = {buffer_slice(&heading), buffer_slice(&incomplete)};
    if (incomplete.length > 0)
        phrase_append(language_of(drawing), "axis_incomplete", values, out);
    else
        buffer_append(out, values[0]);
    buffer_free(&incomplete);
    buffer_free(&heading);
}

static void append_title(const struct drawing *drawing, struct buffer *out)
{
    char rows[24];
    snprintf(rows, sizeof rows, "%zu", drawing->rows);
    const struct slice values[] = {slice_of(section_title(drawing->section)), slice_of(rows)};
    if (drawing->rows == drawing->section->table.rows)
        buffer_append(out, values[0]);
    else
        phrase_append(language_of(drawing), drawing->bars ? "first_of_title" : "last_of_title",
                      values, out);
}

/* For those who cannot see the chart. */
static void append_description(const struct drawing *drawing, struct buffer *out)
{
    const struct chart *chart = &drawing->section->chart;
    struct buffer label = {0};
    struct buffer value = {0};
    char rows[24];
    snprintf(rows, sizeof rows, "%zu", drawing->rows);
    heading_append(language_of(drawing), &drawing->section->table, chart->label, &label);
    heading_append(language_of(drawing), &drawing->section->table, chart->value, &value);
    const struct slice values[] = {buffer_slice(&label), buffer_slice(&value), slice_of(rows)};
    phrase_append(language_of(drawing), drawing->bars ? "bars_described" : "columns_described",
                  values, out);
    buffer_free(&label);
    buffer_free(&value);
}

/* ---- Series ------------------------------------------------------------------------------------
 */

static lxw_chart_series *add_series(const struct drawing *drawing, size_t column,
                                    lxw_color_t colour)
{
    lxw_chart_series *series = chart_add_series(drawing->chart, NULL, NULL);
    if (!series)
        return NULL;
    lxw_chart_fill fill = {.color = colour};
    lxw_row_t first = (lxw_row_t)drawing->first + 1;
    lxw_row_t last = (lxw_row_t)(drawing->first + drawing->rows);
    lxw_col_t label = (lxw_col_t)drawing->section->chart.label;
    chart_series_set_name_range(series, drawing->sheet, 0, (lxw_col_t)column);
    chart_series_set_categories(series, drawing->sheet, first, label, last, label);
    chart_series_set_values(series, drawing->sheet, first, (lxw_col_t)column, last,
                            (lxw_col_t)column);
    chart_series_set_fill(series, &fill);
    return series;
}

/* Bars of periods that are not over are hatched, so that they are not taken for a fall. */
static void hatch_incomplete(const struct drawing *drawing, lxw_chart_series *series)
{
    lxw_chart_pattern pattern = {.fg_color = VALUE_COLOUR,
                                 .bg_color = LXW_COLOR_WHITE,
                                 .type = LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL};
    lxw_chart_line line = {.color = VALUE_COLOUR, .width = 1};
    lxw_chart_point whole = {0};
    lxw_chart_point part = {.pattern = &pattern, .line = &line};
    lxw_chart_point **points = calloc(drawing->rows + 1, sizeof(*points));
    bool any = false;
    for (size_t i = 0; points && i < drawing->rows; i++) {
        bool incomplete = !section_row_is_complete(drawing->section, drawing->first + i);
        points[i] = incomplete ? &part : &whole;
        any |= incomplete;
    }
    if (!points)
        spreadsheet_check(drawing->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    else if (any)
        spreadsheet_check(drawing->book, chart_series_set_points(series, points));
    free(points);
}

/* That of the values in the table. */
static const char *number_format(const struct drawing *drawing)
{
    const struct table *table = &drawing->section->table;
    const struct cbec_cell *cell =
        table_cell_at(table, drawing->first, drawing->section->chart.value);
    return cell->type == CBEC_CELL_REAL ? "0.0" : "#,##0";
}

/* Of years the one before stands to the left already. */
static bool has_prior(const struct drawing *drawing)
{
    const struct chart *chart = &drawing->section->chart;
    return chart->kind != CHART_COLUMNS && chart->prior < drawing->section->table.columns;
}

static void add_all_series(const struct drawing *drawing)
{
    const struct chart *chart = &drawing->section->chart;
    bool prior = has_prior(drawing);
    /* Time runs from left to right; where it does not run, what matters comes first. */
    if (prior && !drawing->bars)
        add_series(drawing, chart->prior, PRIOR_COLOUR);
    lxw_chart_series *series = add_series(drawing, chart->value, VALUE_COLOUR);
    if (prior && drawing->bars)
        add_series(drawing, chart->prior, PRIOR_COLOUR);
    if (!series) {
        spreadsheet_check(drawing->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    hatch_incomplete(drawing, series);
    if (drawing->bars || drawing->rows <= MOST_FIGURES) {
        lxw_chart_font font = {.size = 9};
        chart_series_set_labels(series);
        chart_series_set_labels_num_format(series, number_format(drawing));
        chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_OUTSIDE_END);
        chart_series_set_labels_font(series, &font);
    }
    if (prior)
        chart_legend_set_position(drawing->chart, LXW_CHART_LEGEND_BOTTOM);
    else
        chart_legend_set_position(drawing->chart, LXW_CHART_LEGEND_NONE);
    chart_set_series_gap(drawing->chart, 50);
}

/* ---- Axes --------------------------------------------------------------------------------------
 */

static void name_axis(const struct drawing *drawing, lxw_chart_axis *axis, struct slice name)
{
    struct buffer text = chart_text(name);
    lxw_chart_font font = {.size = 10};
    bool upright = (axis == drawing->chart->y_axis);
    if (upright && language_of(drawing) == LANGUAGE_CHINESE)
        font.rotation = 271; /* characters one below the other */
    chart_axis_set_name(axis, buffer_string(&text));
    chart_axis_set_name_font(axis, &font);
    buffer_free(&text);
}

static void set_up_axes(const struct drawing *drawing)
{
    lxw_chart_axis *labels = drawing->bars ? drawing->chart->y_axis : drawing->chart->x_axis;
    lxw_chart_axis *values = drawing->bars ? drawing->chart->x_axis : drawing->chart->y_axis;
    lxw_chart_line line = {.color = LINE_COLOUR, .width = 0.75f};
    struct buffer text = {0};
    append_label_name(drawing, &text);
    name_axis(drawing, labels, buffer_slice(&text));
    buffer_clear(&text);
    heading_append(language_of(drawing), &drawing->section->table, drawing->section->chart.value,
                   &text);
    name_axis(drawing, values, buffer_slice(&text));
    buffer_free(&text);
    chart_axis_set_num_format(values, number_format(drawing));
    chart_axis_major_gridlines_set_line(values, &line);
    chart_axis_set_label_position(labels, LXW_CHART_AXIS_LABEL_POSITION_LOW); /* below 0 too */
    if (!drawing->bars)
        return;
    /* Bars come from the bottom up. Turned round, the first is at the top, and so would be the axis
     * of values, which is kept below by having it cross at the far end. */
    chart_axis_set_reverse(labels);
    chart_axis_set_crossing_max(labels);
    chart_axis_set_interval_unit(labels, 1);
}

static void set_title(const struct drawing *drawing)
{
    struct buffer title = {0};
    append_title(drawing, &title);
    struct buffer text = chart_text(buffer_slice(&title));
    lxw_chart_font font = {.size = 13, .bold = true};
    chart_title_set_name(drawing->chart, buffer_string(&text));
    chart_title_set_name_font(drawing->chart, &font);
    buffer_free(&text);
    buffer_free(&title);
}

/* ---- The chart ---------------------------------------------------------------------------------
 */

static void place(const struct drawing *drawing, lxw_worksheet *sheet)
{
    bool prior = has_prior(drawing);
    double rows = (double)drawing->rows;
    double width = 180 + rows * (prior ? 56 : 44);
    double height = drawing->bars ? 120 + rows * (prior ? 30 : 20) : 360;
    width = drawing->bars ? 640 : width < 520 ? 520 : width > 1100 ? 1100 : width;
    struct buffer description = {0};
    append_description(drawing, &description);
    struct buffer text = chart_text(buffer_slice(&description));
    char *shown = strdup(buffer_string(&text)); /* the option is no const char * */
    lxw_chart_options options = {.x_scale = width / DEFAULT_WIDTH,
                                 .y_scale = height / DEFAULT_HEIGHT,
                                 /* rows that a filter hides must not squeeze it */
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .description = shown};
    spreadsheet_check(drawing->book, worksheet_insert_chart_opt(
                                         sheet, 1, (lxw_col_t)(drawing->section->table.columns + 1),
                                         drawing->chart, &options));
    free(shown);
    buffer_free(&text);
    buffer_free(&description);
}

void spreadsheet_chart(struct spreadsheet *book, lxw_worksheet *sheet,
                       const struct section *section, const char *name)
{
    const struct chart *chart = &section->chart;
    const struct table *table = &section->table;
    if (chart->kind == CHART_NONE || table->rows == 0 || chart->label >= table->columns ||
        chart->value >= table->columns)
        return;
    struct drawing drawing = {.book = book, .section = section, .sheet = name};
    drawing.bars = chart->kind == CHART_BARS;
    size_t most = drawing.bars ? MOST_BARS : MOST_COLUMNS;
    size_t rows = sheet_rows(table);
    drawing.rows = rows < most ? rows : most;
    drawing.first = drawing.bars ? 0 : rows - drawing.rows;
    drawing.chart =
        workbook_add_chart(book->workbook, drawing.bars ? LXW_CHART_BAR : LXW_CHART_COLUMN);
    if (!drawing.chart) {
        spreadsheet_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    set_title(&drawing);
    add_all_series(&drawing);
    set_up_axes(&drawing);
    place(&drawing, sheet);
}
