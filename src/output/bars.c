#include "output/bars.h"

#include <errno.h>
#include <math.h>

#include "output/cells.h"
#include "output/width.h"

/* Where things stand in the chart. */
struct chart {
    size_t label_width;
    size_t room; /* the columns of the longest bar */
    int64_t greatest;
};

static int64_t value_of(const struct bar *bar)
{
    return bar->value > 0 ? bar->value : 0;
}

static struct chart chart_measure(const struct bar *bars, size_t count, size_t width)
{
    struct chart chart = {0};
    for (size_t i = 0; i < count; i++) {
        size_t label = text_width(bars[i].label);
        chart.label_width = label > chart.label_width ? label : chart.label_width;
        chart.greatest = value_of(&bars[i]) > chart.greatest ? value_of(&bars[i]) : chart.greatest;
    }
    /* Long labels leave the greater part of the line to the bars. */
    size_t most = width / 3 ? width / 3 : 1;
    chart.label_width = chart.label_width > most ? most : chart.label_width;
    char value[32];
    format_count(chart.greatest, value);
    size_t taken = chart.label_width + 2 + 1 + strlen(value);
    chart.room = width > taken ? width - taken : 1;
    return chart;
}

/* Eighths of a column. Whatever is more than nothing is seen. */
static size_t bar_eighths(const struct chart *chart, int64_t value)
{
    if (value == 0)
        return 0;
    double share = (double)value / (double)chart->greatest;
    size_t eighths = (size_t)llround(share * (double)chart->room * 8);
    return eighths ? eighths : 1;
}

static void bar_draw(size_t eighths, bool mark, struct buffer *line)
{
    static const char *const parts[8] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    /* There are no lighter eighths: half a column and more is a whole one. */
    size_t whole = mark ? (eighths + 4) / 8 : eighths / 8;
    if (mark && eighths && !whole)
        whole = 1;
    for (size_t i = 0; i < whole; i++)
        buffer_append(line, mark ? SLICE("░") : SLICE("█"));
    if (!mark)
        buffer_append(line, slice_of(parts[eighths % 8]));
    if (eighths)
        buffer_append_byte(line, ' ');
}

bool bars_print(FILE *file, const struct bar *bars, size_t count, int width)
{
    struct chart chart = chart_measure(bars, count, width > 0 ? (size_t)width : 80);
    struct buffer line = {0};
    bool written = true;
    for (size_t i = 0; written && i < count; i++) {
        char value[32];
        format_count(value_of(&bars[i]), value);
        buffer_clear(&line);
        size_t used = text_cut(bars[i].label, chart.label_width, &line);
        for (; used < chart.label_width + 2; used++)
            buffer_append_byte(&line, ' ');
        bar_draw(bar_eighths(&chart, value_of(&bars[i])), bars[i].mark, &line);
        buffer_append_format(&line, "%s\n", value);
        if (line.failed)
            errno = ENOMEM;
        written = !line.failed && fwrite(line.data, 1, line.length, file) == line.length;
    }
    buffer_free(&line);
    return written;
}
