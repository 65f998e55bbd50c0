/* cbec export */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/provenance.h"

static struct {
    struct cbec_question question;
    struct own_queries own;
    bool bom;
} options;

static const struct option_spec option_specs[] = {
    QUESTION_OPTIONS(options.question),
    OWN_QUERIES_OPTIONS(options.own),
    {"bom", 0, OPTION_FLAG, NULL, "begin CSV with a byte order mark, for spreadsheets",
     &options.bom},
    {0}};

/* The parameters of --param that a query has: what one needs another need not know. EXIT_DONE, or
 * EXIT_FAILED after a message. */
static int parameters_of(const struct cbec_query *query, struct text_list *parameters)
{
    const struct text_list *all = &options.own.parameters;
    for (size_t i = 0; i < all->count; i++)
        for (size_t j = 0; j < query->parameter_count; j++) {
            struct slice name = {all->at[i], strcspn(all->at[i], "=")};
            if (slice_equal(name, slice_of(query->parameters[j])) &&
                list_add(parameters, all->at[i]) != EXIT_DONE)
                return EXIT_FAILED;
        }
    return EXIT_DONE;
}

/* The files of an export: without names until all of them are complete, the manifest last. */
struct exporting {
    struct command_context *context;
    const struct cbec_catalogue *catalogue;
    const char *folder;
    struct output_file *files;
    char **paths;
    size_t count;
};

/* Opens the next file; NULL after a message. */
static FILE *next_file(struct exporting *exporting, const char *name, const char *suffix)
{
    char **path = &exporting->paths[exporting->count];
    struct output_file *file = &exporting->files[exporting->count];
    if (asprintf(path, "%s/%s%s", exporting->folder, name, suffix) < 0) {
        *path = NULL;
        complain("out of memory");
        return NULL;
    }
    if (check_output(*path, exporting->context->db) != EXIT_DONE ||
        check_is_no_query(*path, exporting->catalogue) != EXIT_DONE ||
        open_output(file, *path) != EXIT_DONE) {
        free(*path);
        return NULL;
    }
    exporting->count++;
    return file->stream;
}

static int export_query(struct exporting *exporting, const struct cbec_query *query)
{
    struct cbec_registry *registry = exporting->context->registry;
    struct cbec_question question = options.question;
    struct text_list parameters = {0};
    struct cbec_result *result;
    struct cbec_error error;
    FILE *stream = next_file(exporting, query->name, ".csv");
    if (!stream)
        return EXIT_FAILED;
    const struct printing printing = {
        .format = "csv", .file = exporting->paths[exporting->count - 1], .bom = options.bom};
    int status = parameters_of(query, &parameters);
    question.parameters = parameters.at;
    question.parameter_count = parameters.count;
    if (status == EXIT_DONE &&
        cbec_query_run(registry, query, &question, &result, &error) != CBEC_OK)
        status = fail(&error);
    else if (status == EXIT_DONE) {
        status = print_rows(result, OUTPUT_CSV, &printing, stream);
        cbec_result_close(result);
    }
    free(parameters.at);
    return status;
}

/* Queries that do not run are named before any file is written, and so are parameters of none. */
static int check_queries(const struct cbec_catalogue *catalogue)
{
    const struct cbec_query *query;
    const struct text_list *all = &options.own.parameters;
    for (size_t i = 0; (query = cbec_catalogue_at(catalogue, i)); i++)
        if (query->problem) {
            complain("%s", query->problem);
            return EXIT_FAILED;
        }
    for (size_t i = 0; i < all->count; i++) {
        bool known = false;
        const struct slice name = {all->at[i], strcspn(all->at[i], "=")};
        for (size_t j = 0; (query = cbec_catalogue_at(catalogue, j)); j++)
            for (size_t k = 0; k < query->parameter_count; k++)
                known |= slice_equal(slice_of(query->parameters[k]), name);
        if (!known || all->at[i][name.length] != '=') {
            complain(known ? "--param %s: write NAME=VALUE"
                           : "--param %s: no query has this parameter",
                     all->at[i]);
            return EXIT_USAGE;
        }
    }
    return EXIT_DONE;
}

/* ---- The manifest ------------------------------------------------------------------------------
 */

static int make_manifest(struct command_context *context, const struct cbec_catalogue *catalogue,
                         struct buffer *json)
{
    struct provenance provenance;
    const struct cbec_query *query;
    struct cbec_question question = options.question;
    question.parameters = options.own.parameters.at;
    question.parameter_count = options.own.parameters.count;
    int status = provenance_read(context->registry, &question, LANGUAGE_ENGLISH, &provenance);
    buffer_append(json, SLICE("{\n"));
    provenance_json(&provenance, 2, json);
    provenance_free(&provenance);
    buffer_append(json, SLICE(",\n  \"files\": ["));
    for (size_t i = 0; (query = cbec_catalogue_at(catalogue, i)); i++) {
        struct buffer name = {0};
        buffer_append_format(&name, "%s.csv", query->name);
        buffer_append(json, i ? SLICE(", ") : SLICE(""));
        json_string(buffer_slice(&name), json);
        buffer_free(&name);
    }
    buffer_append(json, SLICE("]\n}\n"));
    return status;
}

static int write_manifest(struct exporting *exporting)
{
    struct buffer json = {0};
    int status = make_manifest(exporting->context, exporting->catalogue, &json);
    FILE *stream = status == EXIT_DONE ? next_file(exporting, "manifest", ".json") : NULL;
    if (stream)
        fwrite(json.data, 1, json.length, stream);
    buffer_free(&json);
    return stream ? EXIT_DONE : EXIT_FAILED;
}

/* ---- The folder --------------------------------------------------------------------------------
 */

static int make_folder(const char *folder)
{
    struct stat about;
    errno = 0;
    if (mkdir(folder, 0777) == 0 ||
        (errno == EEXIST && stat(folder, &about) == 0 && S_ISDIR(about.st_mode)))
        return EXIT_DONE;
    complain("cannot make folder %s: %s", folder, strerror(errno));
    return EXIT_FAILED;
}

/* Gives all files their names, or none of them. */
static int close_files(struct exporting *exporting, int status)
{
    for (size_t i = 0; i < exporting->count; i++) {
        int closed = close_output(&exporting->files[i], status == EXIT_DONE);
        status = status == EXIT_DONE ? closed : status;
        free(exporting->paths[i]);
    }
    free(exporting->files);
    free(exporting->paths);
    return status;
}

static int export_all(struct command_context *context, const struct cbec_catalogue *catalogue,
                      const char *folder)
{
    struct cbec_error error;
    const struct cbec_query *query;
    struct figures checked; /* so that a question that makes no sense leaves no folder */
    size_t queries = 0;
    while (cbec_catalogue_at(catalogue, queries))
        queries++;
    struct exporting exporting = {.context = context,
                                  .catalogue = catalogue,
                                  .folder = folder,
                                  .files = calloc(queries + 1, sizeof *exporting.files),
                                  .paths = calloc(queries + 1, sizeof *exporting.paths)};
    if (!exporting.files || !exporting.paths) {
        complain("out of memory");
        return close_files(&exporting, EXIT_FAILED);
    }
    if (cbec_snapshot_begin(context->registry, &error) != CBEC_OK)
        return close_files(&exporting, fail(&error));
    int status = figures_read(context->registry, &options.question, &checked);
    figures_free(&checked);
    if (status == EXIT_DONE)
        status = make_folder(folder);
    for (size_t i = 0; status == EXIT_DONE && (query = cbec_catalogue_at(catalogue, i)); i++)
        status = export_query(&exporting, query);
    if (status == EXIT_DONE)
        status = write_manifest(&exporting);
    cbec_snapshot_end(context->registry);
    return close_files(&exporting, status);
}

static int run_export(struct command_context *context, const struct text_list *arguments)
{
    struct cbec_catalogue *catalogue;
    if (arguments->count != 1) {
        complain("export needs the name of one folder: cbec export DIR");
        return EXIT_USAGE;
    }
    int status = read_catalogue(&options.own, &catalogue);
    if (status != EXIT_DONE)
        return status;
    status = check_queries(catalogue);
    if (status == EXIT_DONE)
        status = export_all(context, catalogue, arguments->at[0]);
    cbec_catalogue_close(catalogue);
    return status;
}

const struct command command_export = {
    .name = "export",
    .arguments = "DIR",
    .summary = "write every canned query to a folder, as CSV",
    .details =
        "DIR/<query>.csv for each query, also your own (see query), and DIR/manifest.json, which "
        "says\n"
        "what the figures rest on. Other files in the folder stay as they are.\n",
    .opens = true,
    .mode = CBEC_OPEN_READ,
    .options = option_specs,
    .run = run_export,
};
