/* cbec imports, cbec refused */
#include "cli/cli.h"

static struct printing printing;
static const char *import_option;

static const struct option_spec imports_options[] = {PRINTING_OPTIONS(printing), {0}};
static const struct option_spec refused_options[] = {
    {"import", 0, OPTION_TEXT, "N", "only of the import with this number", &import_option},
    PRINTING_OPTIONS(printing),
    {0}};

static int print_listing(struct command_context *context, const char *name,
                         const struct cbec_question *question, const struct text_list *arguments)
{
    struct cbec_result *result;
    struct cbec_error error;
    if (arguments->count > 0) {
        complain("'%s': this command takes no arguments, only options", arguments->at[0]);
        return EXIT_USAGE;
    }
    int status = check_printing(&printing, context->db);
    if (status != EXIT_DONE)
        return status;
    if (cbec_list_run(context->registry, name, question, &result, &error) != CBEC_OK)
        return fail(&error);
    return print_result(result, &printing, context->db);
}

static int run_imports(struct command_context *context, const struct text_list *arguments)
{
    return print_listing(context, "imports", NULL, arguments);
}

static int run_refused(struct command_context *context, const struct text_list *arguments)
{
    struct cbec_question question = {0};
    if (import_option && !read_number(import_option, &question.import)) {
        complain("'%s' is no number of an import (`cbec imports` lists them)", import_option);
        return EXIT_USAGE;
    }
    return print_listing(context, "refused", &question, arguments);
}

const struct command command_imports = {
    .name = "imports",
    .arguments = "",
    .summary = "list what was imported",
    .opens = true,
    .mode = CBEC_OPEN_READ,
    .options = imports_options,
    .run = run_imports,
};

const struct command command_refused = {
    .name = "refused",
    .arguments = "",
    .summary = "list refused rows",
    .details = "Each with its file, line, the reason and its text.\n",
    .opens = true,
    .mode = CBEC_OPEN_READ,
    .options = refused_options,
    .run = run_refused,
};
