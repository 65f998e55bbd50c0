/* cbec show */
#include <inttypes.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "output/cells.h"
#include "output/width.h"

static const struct option_spec no_options[] = {{0}};

/* More enterprises than these are counted, not shown. */
#define SHOWN 20

/* Prints columns of a row, from `first` on, one below the other; those without a value are left
 * out. */
static void print_fields(const struct cbec_result *result, const struct cbec_cell *cells,
                         size_t first, const char *indent)
{
    for (size_t i = first; i < cbec_result_columns(result); i++) {
        if (cells[i].type == CBEC_CELL_NULL)
            continue;
        struct buffer value = {0};
        if (cells[i].type == CBEC_CELL_INTEGER)
            buffer_append_format(&value, "%" PRId64, cells[i].integer);
        else
            text_visible(cell_text(&cells[i]), &value);
        printf("%s%-17s %s\n", indent, cbec_result_column(result, i), buffer_string(&value));
        buffer_free(&value);
    }
}

static int print_said(struct cbec_registry *registry, int64_t enterprise)
{
    const struct cbec_question question = {.enterprise = enterprise};
    struct cbec_result *result;
    struct cbec_error error;
    const struct cbec_cell *cells;
    enum cbec_status status = cbec_list_run(registry, "said", &question, &result, &error);
    if (status != CBEC_OK)
        return fail(&error);
    while ((status = cbec_result_next(result, &cells, &error)) == CBEC_OK && cells) {
        struct buffer place = {0};
        text_visible(cell_text(&cells[0]), &place);
        buffer_append_format(&place, ", data date %.*s, import %" PRId64 ", ", (int)cells[1].length,
                             cells[1].text, cells[2].integer);
        text_visible(cell_text(&cells[3]), &place);
        printf("  %s, line %" PRId64 "\n", buffer_string(&place), cells[4].integer);
        buffer_free(&place);
        print_fields(result, cells, 5, "    ");
    }
    cbec_result_close(result);
    return status == CBEC_OK ? EXIT_DONE : fail(&error);
}

static int print_settled(struct cbec_registry *registry, int64_t enterprise)
{
    const struct cbec_question question = {.enterprise = enterprise};
    struct cbec_result *result;
    struct cbec_error error;
    const struct cbec_cell *cells;
    if (cbec_list_run(registry, "settled", &question, &result, &error) != CBEC_OK)
        return fail(&error);
    enum cbec_status status = cbec_result_next(result, &cells, &error);
    if (status == CBEC_OK && cells)
        print_fields(result, cells, 0, "");
    cbec_result_close(result);
    return status == CBEC_OK ? EXIT_DONE : fail(&error);
}

/* The first enterprises that the text finds, and how many there are. */
static int find(struct cbec_registry *registry, const char *text, int64_t enterprises[SHOWN],
                size_t *count)
{
    const struct cbec_question question = {.find = text};
    struct cbec_result *result;
    struct cbec_error error;
    const struct cbec_cell *cells;
    *count = 0;
    enum cbec_status status = cbec_list_run(registry, "found", &question, &result, &error);
    if (status != CBEC_OK)
        return fail(&error);
    for (; (status = cbec_result_next(result, &cells, &error)) == CBEC_OK && cells; ++*count)
        if (*count < SHOWN)
            enterprises[*count] = cells[0].integer;
    cbec_result_close(result);
    return status == CBEC_OK ? EXIT_DONE : fail(&error);
}

static int run_show(struct command_context *context, const struct text_list *arguments)
{
    int64_t enterprises[SHOWN];
    size_t count;
    struct cbec_error error;
    if (arguments->count != 1 || !arguments->at[0][0]) {
        complain("show needs one credit code, registration number or name");
        return EXIT_USAGE;
    }
    const char *text = arguments->at[0];
    if (cbec_snapshot_begin(context->registry, &error) != CBEC_OK)
        return fail(&error);
    int status = find(context->registry, text, enterprises, &count);
    if (status == EXIT_DONE && count == 0) {
        complain("no enterprise is called '%s' or has this code", text);
        status = EXIT_FAILED;
    }
    for (size_t i = 0; status == EXIT_DONE && i < count && i < SHOWN; i++) {
        if (i > 0)
            putchar('\n');
        status = print_settled(context->registry, enterprises[i]);
        if (status == EXIT_DONE)
            status = print_said(context->registry, enterprises[i]);
    }
    if (status == EXIT_DONE && count > SHOWN)
        printf("\nand %zu more: write more of the name\n", count - SHOWN);
    cbec_snapshot_end(context->registry);
    return status;
}

const struct command command_show = {
    .name = "show",
    .arguments = "CODE|NAME",
    .summary = "show an enterprise, and what each source says of it",
    .details =
        "Finds it by credit code, registration number or name; if there is none of this name, all\n"
        "whose name contains it. First what counts, then every row of every file that names it.\n",
    .opens = true,
    .mode = CBEC_OPEN_READ,
    .options = no_options,
    .run = run_show,
};
