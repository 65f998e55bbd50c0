/* cbec export */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/figures.h"

static struct {
    struct cbec_question question;
    bool bom;
} options;

static const struct option_spec option_specs[] = {
    QUESTION_OPTIONS(options.question),
    {"bom", 0, OPTION_FLAG, NULL, "begin CSV with a byte order mark, for spreadsheets",
     &options.bom},
    {0}};

static int export_query(struct command_context *context, const char *folder, const char *name)
{
    struct cbec_result *result;
    struct cbec_error error;
    char *path;
    if (asprintf(&path, "%s/%s.csv", folder, name) < 0)
        return EXIT_FAILED;
    const struct printing printing = {.format = "csv", .file = path, .bom = options.bom};
    int status = check_printing(&printing, context->db);
    if (status == EXIT_DONE &&
        cbec_query_run(context->registry, name, &options.question, &result, &error) != CBEC_OK)
        status = fail(&error);
    else if (status == EXIT_DONE)
        status = print_result(result, &printing, context->db);
    free(path);
    return status;
}

/* ---- The manifest ------------------------------------------------------------------------------
 */

static void add_member(struct buffer *json, const char *key, struct slice text)
{
    buffer_append_format(json, "  \"%s\": ", key);
    if (text.at)
        json_string(text, json);
    else
        buffer_append(json, SLICE("null"));
    buffer_append(json, SLICE(",\n"));
}

/* Adds a listing as an array of objects. */
static int add_listing(struct command_context *context, struct buffer *json, const char *name)
{
    struct cbec_result *result;
    struct cbec_error error;
    char *text = NULL;
    size_t length = 0;
    if (cbec_list_run(context->registry, name, &options.question, &result, &error) != CBEC_OK)
        return fail(&error);
    FILE *stream = open_memstream(&text, &length);
    int status = stream ? print_rows(result, OUTPUT_JSON, NULL, stream) : EXIT_FAILED;
    cbec_result_close(result);
    if (stream)
        fclose(stream);
    while (length > 0 && text[length - 1] == '\n')
        length--;
    buffer_append_format(json, "  \"%s\": %.*s,\n", name, (int)length, text ? text : "");
    free(text);
    return status;
}

static int make_manifest(struct command_context *context, struct buffer *json)
{
    struct figures figures;
    int status = figures_read(context->registry, &options.question, &figures);
    if (status != EXIT_DONE)
        return status;
    buffer_append(json, SLICE("{\n"));
    add_member(json, "program", SLICE("cbec"));
    add_member(json, "version", slice_of(cbec_version()));
    add_member(json, "as_of", slice_of(*figures.as_of ? figures.as_of : NULL));
    add_member(json, "definition", slice_of(figures.definition));
    add_member(json, "province", slice_of(options.question.province));
    add_member(json, "source", slice_of(options.question.source));
    add_member(json, "since", slice_of(options.question.since));
    add_member(json, "until", slice_of(options.question.until));
    buffer_append_format(json,
                         "  \"enterprises\": %" PRId64 ",\n  \"unknown_statuses\": %" PRId64
                         ",\n  \"refused_rows\": %" PRId64 ",\n",
                         figures.enterprises, figures.unknown_statuses, figures.refused_rows);
    status = add_listing(context, json, "sources");
    if (status == EXIT_DONE)
        status = add_listing(context, json, "definitions");
    buffer_append(json, SLICE("  \"files\": ["));
    const char *name;
    for (size_t i = 0; cbec_query_at(i, &name, NULL, NULL); i++)
        buffer_append_format(json, "%s\"%s.csv\"", i ? ", " : "", name);
    buffer_append(json, SLICE("]\n}\n"));
    return status;
}

static int write_manifest(struct command_context *context, const char *folder)
{
    struct buffer json = {0};
    struct output_file file;
    char *path;
    if (asprintf(&path, "%s/manifest.json", folder) < 0)
        return EXIT_FAILED;
    const struct printing printing = {.file = path};
    int status = check_printing(&printing, context->db);
    if (status == EXIT_DONE)
        status = make_manifest(context, &json);
    if (status == EXIT_DONE)
        status = open_output(&file, path);
    if (status == EXIT_DONE) {
        fwrite(json.data, 1, json.length, file.stream);
        status = close_output(&file, true);
    }
    buffer_free(&json);
    free(path);
    return status;
}

static int run_export(struct command_context *context, const struct text_list *arguments)
{
    struct cbec_error error;
    const char *name;
    if (arguments->count != 1) {
        complain("export needs the name of one folder: cbec export DIR");
        return EXIT_USAGE;
    }
    const char *folder = arguments->at[0];
    struct figures checked;
    int status = figures_read(context->registry, &options.question, &checked);
    if (status != EXIT_DONE)
        return status;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        complain("cannot make folder %s: %s", folder, strerror(errno));
        return EXIT_FAILED;
    }
    if (cbec_snapshot_begin(context->registry, &error) != CBEC_OK)
        return fail(&error);
    for (size_t i = 0; status == EXIT_DONE && cbec_query_at(i, &name, NULL, NULL); i++)
        status = export_query(context, folder, name);
    if (status == EXIT_DONE)
        status = write_manifest(context, folder);
    cbec_snapshot_end(context->registry);
    return status;
}

const struct command command_export = {
    .name = "export",
    .arguments = "DIR",
    .summary = "write every canned query to a folder, as CSV",
    .details =
        "DIR/<query>.csv for each query, and DIR/manifest.json, which says what the figures rest\n"
        "on. Other files in the folder stay as they are.\n",
    .opens = true,
    .mode = CBEC_OPEN_READ,
    .options = option_specs,
    .run = run_export,
};
