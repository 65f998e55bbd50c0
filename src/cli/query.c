/* cbec query */
#include <string.h>
#include <unistd.h>

#include "cli/provenance.h"
#include "output/cells.h"
#include "output/width.h"

static struct {
    struct cbec_question question;
    struct own_queries own;
    struct printing printing;
    const char *language;
    bool list;
    bool sql;
} options;

static const struct option_spec option_specs[] = {
    QUESTION_OPTIONS(options.question),
    OWN_QUERIES_OPTIONS(options.own),
    PRINTING_OPTIONS(options.printing),
    {"lang", 0, OPTION_TEXT, "LANGUAGE", "of headings: en (the default) or zh", &options.language},
    {"list", 0, OPTION_FLAG, NULL, "list the queries; with a NAME, say what that one counts",
     &options.list},
    {"sql", 0, OPTION_FLAG, NULL, "print the query's SQL and what it says of itself", &options.sql},
    {0}};

/* ---- The catalogue -----------------------------------------------------------------------------
 */

/* As long as the longest name of a canned query. */
#define NAME_WIDTH 17

static const char *title_of(const struct cbec_query *query)
{
    bool chinese = options.printing.language == LANGUAGE_CHINESE && query->chinese_title;
    return chinese ? query->chinese_title : query->title;
}

/* "min, max": the names of a query's parameters. */
static void add_parameters(const struct cbec_query *query, struct buffer *out)
{
    for (size_t i = 0; i < query->parameter_count; i++)
        buffer_append_format(out, "%s%s", i ? ", " : "", query->parameters[i]);
}

static void print_query_line(const struct cbec_query *query)
{
    struct buffer line = {0};
    buffer_append_format(&line, "%-*s  %s", NAME_WIDTH, query->name,
                         query->problem ? "does not run: " : title_of(query));
    if (query->problem)
        buffer_append(&line, slice_of(query->problem));
    if (query->parameter_count) {
        buffer_append(&line, SLICE(" (--param "));
        add_parameters(query, &line);
        buffer_append_byte(&line, ')');
    }
    print_visible(stdout, buffer_string(&line));
    putchar('\n');
    buffer_free(&line);
}

static struct cbec_cell text_cell(const char *text)
{
    return (struct cbec_cell){.type = text ? CBEC_CELL_TEXT : CBEC_CELL_NULL,
                              .text = text,
                              .length = text ? strlen(text) : 0};
}

/* The catalogue in a format for programs, with all that queries say of themselves. */
static int print_table(const struct cbec_catalogue *catalogue, const char *only)
{
    static const char *const columns[] = {"query",      "title", "chinese_title", "about",
                                          "parameters", "file",  "problem"};
    const struct output_options form = {.bom = options.printing.bom};
    struct output *output = output_begin(format_of(&options.printing), stdout, &form, columns,
                                         sizeof columns / sizeof *columns);
    const struct cbec_query *query;
    for (size_t i = 0; (query = cbec_catalogue_at(catalogue, i)); i++) {
        struct buffer parameters = {0};
        if (only && strcmp(only, query->name) != 0)
            continue;
        add_parameters(query, &parameters);
        const struct cbec_cell cells[] = {text_cell(query->name),
                                          text_cell(query->title),
                                          text_cell(query->chinese_title),
                                          text_cell(query->about),
                                          text_cell(buffer_string(&parameters)),
                                          text_cell(query->file),
                                          text_cell(query->problem)};
        output_row(output, cells);
        buffer_free(&parameters);
    }
    return output_end(output) ? EXIT_DONE : EXIT_FAILED;
}

static int print_list(const struct cbec_catalogue *catalogue)
{
    const struct cbec_query *query;
    if (options.printing.format)
        return print_table(catalogue, NULL);
    for (size_t i = 0; (query = cbec_catalogue_at(catalogue, i)); i++)
        print_query_line(query);
    return EXIT_DONE;
}

/* Prints a text line by line, so that nothing of it reaches a terminal raw. */
static void print_lines(const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        struct buffer visible = {0};
        text_visible((struct slice){text, length}, &visible);
        printf("%s\n", buffer_string(&visible));
        buffer_free(&visible);
        text += length + (text[length] == '\n');
    }
}

static void print_about(const struct cbec_query *query)
{
    print_query_line(query);
    putchar('\n');
    print_lines(query->about);
}

/* To a file or a pipe as it is, so that it can be run elsewhere. */
static void print_sql(const struct cbec_query *query)
{
    if (isatty(STDOUT_FILENO))
        print_lines(query->sql);
    else
        fputs(query->sql, stdout);
}

/* ---- Running -----------------------------------------------------------------------------------
 */

/* What stands before and behind the rows, so that they say what they rest on. CSV holds rows only.
 */
static int frame(struct provenance *provenance, const char *name, struct buffer *before,
                 struct buffer *after)
{
    struct printing *printing = &options.printing;
    enum output_format format = format_of(printing);
    if (format == OUTPUT_JSON) {
        buffer_append(before, SLICE("{\n  \"query\": "));
        json_string(slice_of(name), before);
        buffer_append(before, SLICE(",\n  \"provenance\": {\n"));
        provenance_json(provenance, 4, before);
        buffer_append(before, SLICE("\n  },\n  \"rows\": "));
        buffer_append(after, SLICE("}\n"));
    } else if (format != OUTPUT_CSV) {
        buffer_append_byte(after, '\n');
        if (format == OUTPUT_TABLE)
            provenance_lines(provenance, printing->language, after);
        else
            provenance_line(provenance, printing->language, after);
    }
    printing->before = before->length ? buffer_string(before) : NULL;
    printing->after = after->length ? buffer_string(after) : NULL;
    if (!before->failed && !after->failed)
        return EXIT_DONE;
    complain("out of memory");
    return EXIT_FAILED;
}

/* An answer that is empty because nothing is counted at all says so. */
static void note_nothing(struct provenance *provenance)
{
    struct buffer sentence = {0};
    if (provenance->figures.enterprises > 0)
        return;
    figures_sentence(&provenance->figures, LANGUAGE_ENGLISH, &sentence);
    complain("%s", buffer_string(&sentence));
    buffer_free(&sentence);
}

static int answer(struct command_context *context, const struct cbec_query *query)
{
    struct provenance provenance;
    struct cbec_result *result;
    struct cbec_error error;
    struct buffer before = {0}, after = {0};
    int status = provenance_read(context->registry, &options.question, options.printing.language,
                                 &provenance);
    if (status == EXIT_DONE)
        status = frame(&provenance, query->name, &before, &after);
    if (status == EXIT_DONE &&
        cbec_query_run(context->registry, query, &options.question, &result, &error) != CBEC_OK)
        status = fail(&error);
    else if (status == EXIT_DONE)
        status = print_result(result, &options.printing, context->db);
    if (status == EXIT_DONE)
        note_nothing(&provenance);
    provenance_free(&provenance);
    buffer_free(&before);
    buffer_free(&after);
    return status;
}

static int ask(struct command_context *context, const struct cbec_query *query)
{
    struct cbec_error error;
    options.question.parameters = options.own.parameters.at;
    options.question.parameter_count = options.own.parameters.count;
    if (cbec_open(context->db, CBEC_OPEN_READ, &context->registry, &error) != CBEC_OK ||
        cbec_snapshot_begin(context->registry, &error) != CBEC_OK)
        return fail(&error);
    int status = answer(context, query);
    cbec_snapshot_end(context->registry);
    return status;
}

static int use(struct command_context *context, const struct cbec_catalogue *catalogue,
               const char *name)
{
    const struct cbec_query *query;
    struct cbec_error error;
    if (cbec_catalogue_find(catalogue, name, &query, &error) != CBEC_OK)
        return fail(&error);
    if (options.list && options.printing.format)
        return print_table(catalogue, name);
    if (options.list)
        print_about(query);
    else if (options.sql)
        print_sql(query);
    else
        return ask(context, query);
    return EXIT_DONE;
}

static int run_query(struct command_context *context, const struct text_list *arguments)
{
    struct cbec_catalogue *catalogue;
    if (arguments->count != 1 && !(options.list && arguments->count == 0)) {
        complain("query needs the name of one query (`cbec query --list` lists them)");
        return EXIT_USAGE;
    }
    if ((options.list || options.sql) && (options.printing.file || (options.list && options.sql))) {
        complain("--list and --sql print to standard output, one of them at a time");
        return EXIT_USAGE;
    }
    int status = read_language(options.language, &options.printing.language);
    if (status == EXIT_DONE)
        status = check_printing(&options.printing, context->db);
    if (status == EXIT_DONE)
        status = read_catalogue(&options.own, &catalogue);
    if (status != EXIT_DONE)
        return status;
    if (options.printing.file)
        status = check_is_no_query(options.printing.file, catalogue);
    if (status == EXIT_DONE)
        status =
            arguments->count ? use(context, catalogue, arguments->at[0]) : print_list(catalogue);
    cbec_close(context->registry);
    context->registry = NULL;
    cbec_catalogue_close(catalogue);
    return status;
}

const struct command command_query = {
    .name = "query",
    .arguments = "NAME",
    .summary = "run a canned count query",
    .details =
        "Every query says what it counts, and its caveats: cbec query --list NAME; --sql prints "
        "it.\n"
        "Tables, markdown and JSON say what the figures rest on; so does the manifest of export.\n"
        "\n"
        "A .sql file is a query of your own: one SELECT, on the views enterprises (those the "
        "options\n"
        "choose), observations (what each row of each file says), imports and refused, or on "
        "counted\n"
        "and exits, which are quick; asked is the question (schema/README.md). It begins with a "
        "comment,\n"
        "whose first line is its title. :name in it is a parameter, set by --param name=value, "
        "else\n"
        "NULL. It is looked for in the folders of --queries, of $CBEC_QUERY_PATH (with colons "
        "between),\n"
        "and in $XDG_DATA_HOME/cbec/queries (else ~/.local/share/cbec/queries).\n",
    .options = option_specs,
    .run = run_query,
};
