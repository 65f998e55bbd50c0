/* cbec define, cbec undo, cbec check: what keeps a registry in order. */
#include "cli/cli.h"

/* ---- Work that takes long ----------------------------------------------------------------------
 */

static bool show_progress(void *context, uint64_t done, uint64_t total)
{
    struct progress_line *line = context;
    double seconds;
    if (!caught_signal && progress_is_due(line, &seconds)) {
        if (total)
            fprintf(stderr, "%.0f of %.0f enterprises, %.0f s left", (double)done, (double)total,
                    done ? seconds * (double)(total - done) / (double)done : 0);
        else
            fprintf(stderr, "at work for %.0f s", seconds);
        fflush(stderr);
    }
    return !caught_signal;
}

/* Says what the registry waits for, and how far it is. The line is cleared by its owner. */
static void show_work(struct cbec_registry *registry, struct progress_line *line)
{
    progress_begin(line);
    cbec_on_wait(registry, wait_aloud, NULL);
    cbec_on_progress(registry, show_progress, line);
}

/* ---- define ------------------------------------------------------------------------------------
 */

static struct {
    struct text_list unwanted;
    bool list;
    struct printing printing;
} define;

static const struct option_spec define_options[] = {
    {"not", 0, OPTION_LIST, "WORD", "an enterprise with this word is out", &define.unwanted},
    {"list", 0, OPTION_FLAG, NULL, "list the definitions", &define.list},
    PRINTING_OPTIONS(define.printing),
    {0}};

static int list_definitions(struct command_context *context)
{
    struct cbec_result *result;
    struct cbec_error error;
    int status = check_printing(&define.printing, context->db);
    if (status != EXIT_DONE)
        return status;
    if (cbec_list_run(context->registry, "definitions", NULL, &result, &error) != CBEC_OK)
        return fail(&error);
    return print_result(result, &define.printing, context->db);
}

static int run_define(struct command_context *context, const struct text_list *arguments)
{
    struct cbec_error error;
    struct progress_line line;
    if (define.list && arguments->count == 0)
        return list_definitions(context);
    if (define.list) {
        complain("'%s': --list takes no arguments", arguments->at[0]);
        return EXIT_USAGE;
    }
    if (arguments->count < 2) {
        complain("define needs a name and at least one word: cbec define NAME WORD…");
        return EXIT_USAGE;
    }
    show_work(context->registry, &line);
    enum cbec_status status =
        cbec_define(context->registry, arguments->at[0], arguments->at + 1, arguments->count - 1,
                    define.unwanted.at, define.unwanted.count, &error);
    progress_clear(&line);
    return status == CBEC_OK ? EXIT_DONE : fail(&error);
}

static enum cbec_open_mode mode_of_define(void)
{
    return define.list ? CBEC_OPEN_READ : CBEC_OPEN_WRITE;
}

const struct command command_define = {
    .name = "define",
    .arguments = "NAME WORD…",
    .summary = "add a definition of what counts, or list them",
    .details =
        "An enterprise belongs to a definition if one of the words stands in its name or business\n"
        "scope, outside brackets that negate it, and none of the words after --not does. Width "
        "and\n"
        "case do not matter. A definition of the same name is replaced; all, narrow and wide are\n"
        "built in.\n",
    .opens = true,
    .mode = CBEC_OPEN_WRITE,
    .mode_of = mode_of_define,
    .options = define_options,
    .run = run_define,
};

/* ---- undo --------------------------------------------------------------------------------------
 */

static const struct option_spec no_options[] = {{0}};

static int run_undo(struct command_context *context, const struct text_list *arguments)
{
    struct cbec_error error;
    struct progress_line line;
    int64_t number;
    if (arguments->count != 1 || !read_number(arguments->at[0], &number)) {
        complain("undo needs the number of one import (`cbec imports` lists them)");
        return EXIT_USAGE;
    }
    show_work(context->registry, &line);
    enum cbec_status status = cbec_undo(context->registry, number, &error);
    progress_clear(&line);
    if (status != CBEC_OK)
        return fail(&error);
    printf("import %lld is taken back\n", (long long)number);
    return EXIT_DONE;
}

const struct command command_undo = {
    .name = "undo",
    .arguments = "N",
    .summary = "take an import back, as if it had never been",
    .details = "Whatever came after it stays as it would have been without it.\n",
    .opens = true,
    .mode = CBEC_OPEN_WRITE,
    .options = no_options,
    .run = run_undo,
};

/* ---- check -------------------------------------------------------------------------------------
 */

static void print_problem(void *context, const char *what)
{
    progress_clear(context);
    complain("%s", what);
}

static int run_check(struct command_context *context, const struct text_list *arguments)
{
    struct cbec_error error;
    struct progress_line line;
    size_t problems;
    if (arguments->count > 0) {
        complain("'%s': check takes no arguments", arguments->at[0]);
        return EXIT_USAGE;
    }
    show_work(context->registry, &line);
    enum cbec_status status =
        cbec_check(context->registry, print_problem, &line, &problems, &error);
    progress_clear(&line);
    if (status != CBEC_OK)
        return fail(&error);
    if (problems == 0)
        printf("the registry is sound\n");
    return problems ? EXIT_FAILED : EXIT_DONE;
}

const struct command command_check = {
    .name = "check",
    .arguments = "",
    .summary = "see whether the registry is sound",
    .details =
        "Looks at the database, its references, and derives all counts anew to compare them.\n",
    .opens = true,
    .mode = CBEC_OPEN_WRITE,
    .options = no_options,
    .run = run_check,
};
