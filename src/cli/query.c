/* cbec query */
#include "cli/cli.h"

static struct {
    struct cbec_question question;
    struct printing printing;
    bool list;
    bool sql;
} options;

static const struct option_spec option_specs[] = {
    QUESTION_OPTIONS(options.question),
    PRINTING_OPTIONS(options.printing),
    {"list", 0, OPTION_FLAG, NULL, "list the canned queries", &options.list},
    {"sql", 0, OPTION_FLAG, NULL, "print the query's SQL and what it says of itself", &options.sql},
    {0}};

static int list_queries(void)
{
    const char *name, *title;
    for (size_t i = 0; cbec_query_at(i, &name, &title, NULL); i++)
        printf("%-16s  %s\n", name, title);
    return EXIT_DONE;
}

static int print_sql(const char *wanted)
{
    const char *name, *sql;
    for (size_t i = 0; cbec_query_at(i, &name, NULL, &sql); i++)
        if (strcmp(name, wanted) == 0) {
            fputs(sql, stdout);
            return EXIT_DONE;
        }
    complain("unknown query '%s' (`cbec query --list` lists them)", wanted);
    return EXIT_USAGE;
}

static int run_query(struct command_context *context, const struct text_list *arguments)
{
    struct cbec_result *result;
    struct cbec_error error;
    if (options.list && arguments->count == 0)
        return list_queries();
    if (options.list) {
        complain("'%s': --list takes no arguments", arguments->at[0]);
        return EXIT_USAGE;
    }
    if (arguments->count != 1) {
        complain("query needs the name of one query (`cbec query --list` lists them)");
        return EXIT_USAGE;
    }
    if (options.sql)
        return print_sql(arguments->at[0]);
    int status = check_printing(&options.printing, context->db);
    if (status != EXIT_DONE)
        return status;
    if (cbec_open(context->db, CBEC_OPEN_READ, &context->registry, &error) != CBEC_OK ||
        cbec_query_run(context->registry, arguments->at[0], &options.question, &result, &error) !=
            CBEC_OK)
        return fail(&error);
    return print_result(result, &options.printing, context->db);
}

const struct command command_query = {
    .name = "query",
    .arguments = "NAME",
    .summary = "run a canned count query",
    .details = "Every query says what it counts, and its caveats: cbec query --sql NAME.\n",
    .options = option_specs,
    .run = run_query,
};
