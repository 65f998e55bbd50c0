/* cbec report */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/figures.h"
#include "output/bars.h"
#include "output/cells.h"
#include "output/width.h"

static struct {
    struct cbec_question question;
    const char *language;
    const char *csv;
} options;

static const struct option_spec option_specs[] = {
    QUESTION_OPTIONS(options.question),
    {"lang", 0, OPTION_TEXT, "LANGUAGE", "en (the default) or zh", &options.language},
    {"csv", 0, OPTION_TEXT, "FILE", "write the yearly table to this CSV file as well",
     &options.csv},
    {0}};

/* ---- The chart ---------------------------------------------------------------------------------
 */

/* The columns of new_by_year that the chart needs. */
enum { YEAR = 0, NEW_REGISTRATIONS = 1, COMPLETE = 5 };

struct chart {
    struct bar *bars;
    char (*labels)[8];
    size_t count;
};

static bool chart_add(struct chart *chart, const struct cbec_cell *cells)
{
    struct bar *bars = realloc(chart->bars, (chart->count + 1) * sizeof *bars);
    chart->bars = bars ? bars : chart->bars;
    char(*labels)[8] = realloc(chart->labels, (chart->count + 1) * sizeof *labels);
    chart->labels = labels ? labels : chart->labels;
    if (!bars || !labels)
        return false;
    snprintf(chart->labels[chart->count], sizeof *labels, "%d", (int)cells[YEAR].integer);
    chart->bars[chart->count++] = (struct bar){.value = cells[NEW_REGISTRATIONS].integer,
                                               .mark = cells[COMPLETE].integer == 0};
    return true;
}

static int print_chart(struct cbec_registry *registry)
{
    struct chart chart = {0};
    struct cbec_result *result;
    struct cbec_error error;
    const struct cbec_cell *cells;
    enum cbec_status status =
        cbec_query_run(registry, "new_by_year", &options.question, &result, &error);
    if (status != CBEC_OK)
        return fail(&error);
    while ((status = cbec_result_next(result, &cells, &error)) == CBEC_OK && cells)
        if (!chart_add(&chart, cells)) {
            status = CBEC_ERROR_SYSTEM;
            snprintf(error.message, sizeof error.message, "out of memory");
            error.status = status;
            break;
        }
    cbec_result_close(result);
    for (size_t i = 0; i < chart.count; i++)
        chart.bars[i].label = slice_of(chart.labels[i]);
    int width = terminal_width(stdout);
    if (status == CBEC_OK)
        bars_print(stdout, chart.bars, chart.count, width && width < 80 ? width : 80);
    free(chart.bars);
    free(chart.labels);
    return status == CBEC_OK ? EXIT_DONE : fail(&error);
}

/* ---- What the figures rest on ------------------------------------------------------------------
 */

static int print_sources(struct cbec_registry *registry, bool chinese)
{
    struct cbec_result *result;
    struct cbec_error error;
    const struct cbec_cell *cells;
    bool first = true;
    enum cbec_status status =
        cbec_list_run(registry, "sources", &options.question, &result, &error);
    if (status != CBEC_OK)
        return fail(&error);
    while ((status = cbec_result_next(result, &cells, &error)) == CBEC_OK && cells) {
        struct buffer visible = {0};
        text_visible(cell_text(&cells[0]), &visible);
        printf("%s%s (%.*s)", first ? (chinese ? "来源：" : "Sources: ") : (chinese ? "、" : ", "),
               buffer_string(&visible), (int)cells[3].length, cells[3].text);
        buffer_free(&visible);
        first = false;
    }
    if (!first)
        fputs(chinese ? "。\n" : ".\n", stdout);
    cbec_result_close(result);
    return status == CBEC_OK ? EXIT_DONE : fail(&error);
}

static void print_method(const struct figures *figures, bool chinese)
{
    char enterprises[32], unknown[32], refused[32];
    format_count(figures->enterprises, enterprises);
    format_count(figures->unknown_statuses, unknown);
    format_count(figures->refused_rows, refused);
    if (chinese)
        printf("数据截至%s；口径：%s；计入企业%s家，其中状态不明%s家；拒收%s行。cbec %s\n",
               figures->as_of, figures->definition, enterprises, unknown, refused, cbec_version());
    else
        printf("As of %s; definition: %s; %s enterprises counted, %s of unknown status; %s rows "
               "refused. cbec %s\n",
               figures->as_of, figures->definition, enterprises, unknown, refused, cbec_version());
}

/* ---- The report --------------------------------------------------------------------------------
 */

static int print_years(struct command_context *context, const struct printing *printing)
{
    struct cbec_result *result;
    struct cbec_error error;
    if (cbec_query_run(context->registry, "new_by_year", &options.question, &result, &error) !=
        CBEC_OK)
        return fail(&error);
    return print_result(result, printing, context->db);
}

static int print_report(struct command_context *context, bool chinese)
{
    static const struct printing table = {.format = "table"};
    struct figures figures;
    struct buffer sentence = {0};
    int status = figures_read(context->registry, &options.question, &figures);
    if (status != EXIT_DONE)
        return status;
    figures_sentence(&figures, chinese ? LANGUAGE_CHINESE : LANGUAGE_ENGLISH, &sentence);
    printf("%s\n", buffer_string(&sentence));
    buffer_free(&sentence);
    if (figures.enterprises == 0)
        return EXIT_DONE;
    putchar('\n');
    status = print_years(context, &table);
    putchar('\n');
    if (status == EXIT_DONE)
        status = print_chart(context->registry);
    putchar('\n');
    if (!figures.complete)
        printf(chinese ? "░ %" PRId64 "年未满，不宜与往年全年相比。\n"
                       : "░ %" PRId64 " is not complete: do not read it as a fall.\n",
               figures.year);
    print_method(&figures, chinese);
    return status == EXIT_DONE ? print_sources(context->registry, chinese) : status;
}

static int run_report(struct command_context *context, const struct text_list *arguments)
{
    struct cbec_error error;
    const struct printing csv = {.format = "csv", .file = options.csv};
    if (arguments->count > 0) {
        complain("'%s': report takes no arguments, only options", arguments->at[0]);
        return EXIT_USAGE;
    }
    bool chinese = options.language && strcmp(options.language, "zh") == 0;
    if (options.language && !chinese && strcmp(options.language, "en") != 0) {
        complain("unknown language '%s': write --lang en or --lang zh", options.language);
        return EXIT_USAGE;
    }
    int status = options.csv ? check_printing(&csv, context->db) : EXIT_DONE;
    if (status != EXIT_DONE)
        return status;
    if (cbec_snapshot_begin(context->registry, &error) != CBEC_OK)
        return fail(&error);
    status = print_report(context, chinese);
    if (status == EXIT_DONE && options.csv)
        status = print_years(context, &csv);
    cbec_snapshot_end(context->registry);
    return status;
}

const struct command command_report = {
    .name = "report",
    .arguments = "",
    .summary = "print the headline sentence, the yearly table and a chart",
    .details =
        "The sentence compares the new registrations of the as-of date's year with the whole "
        "total\n"
        "of the year before. An incomplete year is drawn lighter, and its change_percent compares\n"
        "the same days of both years.\n",
    .opens = true,
    .mode = CBEC_OPEN_READ,
    .options = option_specs,
    .run = run_report,
};
