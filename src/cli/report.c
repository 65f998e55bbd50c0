/* cbec report: put together once, and printed to wherever it is wanted. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/report.h"
#include "output/bars.h"
#include "output/cells.h"
#include "output/page.h"
#include "output/spreadsheet.h"

static struct {
    struct cbec_question question;
    const char *language;
    const char *csv;
    const char *html;
    const char *xlsx;
    const char *compare_with;
} options;

static const struct option_spec option_specs[] = {
    QUESTION_OPTIONS(options.question),
    {"lang", 0, OPTION_TEXT, "LANGUAGE", "en (the default) or zh", &options.language},
    {"csv", 0, OPTION_TEXT, "FILE", "write the yearly table to this CSV file as well",
     &options.csv},
    {"html", 0, OPTION_TEXT, "FILE", "write the whole report to this file, as a web page",
     &options.html},
    {"xlsx", 0, OPTION_TEXT, "FILE", "write the whole report to this file, as a workbook",
     &options.xlsx},
    {"compare-with", 0, OPTION_TEXT, "N|DAY",
     "show how each year's total was revised since import N or that data date",
     &options.compare_with},
    {0}};

/* ---- On the terminal ---------------------------------------------------------------------------
 */

static int print_chart(const struct table *table)
{
    struct bar *bars = calloc(table->rows ? table->rows : 1, sizeof *bars);
    char(*labels)[24] = calloc(table->rows ? table->rows : 1, sizeof *labels);
    for (size_t i = 0; bars && labels && i < table->rows; i++) {
        const struct cbec_cell *cells = table_cell_at(table, i, 0);
        snprintf(labels[i], sizeof labels[i], "%" PRId64, cells[YEAR].integer);
        bars[i] = (struct bar){.label = slice_of(labels[i]),
                               .value = cells[NEW_REGISTRATIONS].integer,
                               .mark = cells[COMPLETE].integer == 0};
    }
    int width = terminal_width(stdout);
    bool printed =
        bars && labels && bars_print(stdout, bars, table->rows, width && width < 80 ? width : 80);
    free(bars);
    free(labels);
    return printed ? EXIT_DONE : EXIT_FAILED;
}

static int print_table(const struct section *section, enum output_format format, bool chinese,
                       FILE *stream)
{
    const struct table *table = &section->table;
    const struct output_options form = {.terminal_width = terminal_width(stream),
                                        .color = colour_wanted(stream),
                                        .language = chinese ? LANGUAGE_CHINESE : LANGUAGE_ENGLISH};
    struct output *output =
        output_begin(format, stream, &form, (const char *const *)table->names, table->columns);
    for (size_t i = 0; i < table->rows; i++)
        output_row(output, table_cell_at(table, i, 0));
    return output_end(output) ? EXIT_DONE : EXIT_FAILED;
}

static void print_line(const char *text)
{
    print_visible(stdout, text);
    putchar('\n');
}

/* Explains the mark of a year that is not complete, if it is among those shown. */
static void print_incomplete(const struct full_report *report)
{
    const struct table *years = &report->document.sections[YEARS_SECTION].table;
    const char *form = word_phrase(report->document.language, "incomplete_year");
    const char *place = strstr(form, "%s");
    if (years->rows && table_cell_at(years, years->rows - 1, COMPLETE)->integer == 0)
        printf("%.*s%" PRId64 "%s\n\n", (int)(place - form), form,
               table_cell_at(years, years->rows - 1, YEAR)->integer, place + 2);
}

static int print_report(const struct full_report *report)
{
    const struct document *document = &report->document;
    bool chinese = document->language == LANGUAGE_CHINESE;
    print_line(document->sentence);
    putchar('\n');
    if (report->provenance.figures.enterprises > 0) {
        const struct section *years = &document->sections[YEARS_SECTION];
        int status = print_table(years, OUTPUT_TABLE, chinese, stdout);
        putchar('\n');
        if (status == EXIT_DONE)
            status = print_chart(&years->table);
        if (status != EXIT_DONE)
            return status;
        putchar('\n');
        print_incomplete(report);
    }
    if (options.compare_with) {
        const struct section *revisions = &document->sections[document->section_count - 1];
        print_line(revisions->title);
        putchar('\n');
        int status = print_table(revisions, OUTPUT_TABLE, chinese, stdout);
        if (status != EXIT_DONE)
            return status;
        printf("\n%s\n\n", revisions->note);
    }
    struct buffer facts = {0};
    facts_below_each_other(document, &facts);
    fputs(buffer_string(&facts), stdout);
    buffer_free(&facts);
    return EXIT_DONE;
}

/* ---- Files -------------------------------------------------------------------------------------
 */

static bool write_csv(FILE *file, const struct document *document)
{
    return print_table(&document->sections[YEARS_SECTION], OUTPUT_CSV, false, file) == EXIT_DONE;
}

static const struct {
    const char **path;
    bool (*write)(FILE *file, const struct document *document);
} files[] = {
    {&options.csv, write_csv},
    {&options.html, page_print},
    {&options.xlsx, spreadsheet_print},
};

#define FILES (sizeof files / sizeof *files)

static int check_files(const char *db)
{
    int status = EXIT_DONE;
    for (size_t i = 0; i < FILES && status == EXIT_DONE; i++) {
        if (*files[i].path)
            status = check_output(*files[i].path, db);
        for (size_t j = 0; j < i && *files[i].path && status == EXIT_DONE; j++)
            if (*files[j].path && same_output(*files[i].path, *files[j].path)) {
                complain("%s is named for two outputs", *files[i].path);
                status = EXIT_USAGE;
            }
    }
    return status;
}

static int write_files(const struct document *document)
{
    int status = EXIT_DONE;
    for (size_t i = 0; i < FILES && status == EXIT_DONE; i++) {
        struct output_file file;
        if (!*files[i].path)
            continue;
        status = open_output(&file, *files[i].path);
        if (status != EXIT_DONE)
            break;
        bool written = files[i].write(file.stream, document);
        if (!written)
            complain("cannot write %s: %s", *files[i].path, strerror(errno));
        status = close_output(&file, written);
        if (!written)
            status = EXIT_FAILED;
    }
    return status;
}

static int run_report(struct command_context *context, const struct text_list *arguments)
{
    struct full_report report = {0};
    enum language language;
    if (arguments->count > 0) {
        complain("'%s': report takes no arguments, only options", arguments->at[0]);
        return EXIT_USAGE;
    }
    int status = read_language(options.language, &language);
    if (status == EXIT_DONE)
        status = check_files(context->db);
    if (status != EXIT_DONE)
        return status;
    document_begin(&report.document, language);
    status = full_report_make(context->registry, &options.question, options.compare_with, &report);
    if (status == EXIT_DONE)
        status = write_files(&report.document);
    if (status == EXIT_DONE)
        status = print_report(&report);
    full_report_free(&report);
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
