/* cbec import */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/summary.h"
#include "util/buffer.h"
#include "util/paths.h"

static struct {
    const char *source;
    const char *data_date;
    const char *encoding;
    struct text_list map;
    const char *refused;
    bool strict;
    bool dry_run;
    bool json;
} options;

static const struct option_spec option_specs[] = {
    {"source", 0, OPTION_TEXT, "NAME", "who made the files (else: told from name or declaration)",
     &options.source},
    {"data-date", 0, OPTION_TEXT, "DAY", "the day they speak of (else: told from name or columns)",
     &options.data_date},
    {"map", 0, OPTION_LIST, "FIELD=COLUMN", "the name of a column, as in founded_on=登记日",
     &options.map},
    {"encoding", 0, OPTION_TEXT, "NAME", "of text files (else: UTF-8, UTF-16 or GB18030, told)",
     &options.encoding},
    {"refused", 0, OPTION_TEXT, "FILE", "write the refused rows to this CSV file",
     &options.refused},
    {"strict", 0, OPTION_FLAG, NULL, "do not take in a file with refused rows", &options.strict},
    {"dry-run", 0, OPTION_FLAG, NULL, "say what would be done with each file alone, and do nothing",
     &options.dry_run},
    {"json", 0, OPTION_FLAG, NULL, "print the outcome as JSON", &options.json},
    {0}};

struct import_call {
    struct summaries summaries;
    int64_t *imports; /* of the files of this call, also where they were taken in before */
    size_t import_count;
    bool failed;
    bool refused;
    struct progress_line progress;
};

static void show_progress(struct import_call *importing, const struct cbec_progress *progress)
{
    double seconds;
    if (!progress_is_due(&importing->progress, &seconds))
        return;
    double part =
        progress->bytes_total ? (double)progress->bytes / (double)progress->bytes_total : 0;
    fprintf(stderr, "%.0f of %.0f MB, %.0f rows/s", (double)progress->bytes / 1e6,
            (double)progress->bytes_total / 1e6, (double)progress->rows / seconds);
    if (part > 0)
        fprintf(stderr, ", %.0f s left", seconds / part - seconds);
    fflush(stderr);
}

static bool on_progress(void *context, const struct cbec_progress *progress)
{
    struct import_call *importing = context;
    show_progress(importing, progress);
    return !caught_signal;
}

static void note_import(struct import_call *importing, int64_t number)
{
    for (size_t i = 0; i < importing->import_count; i++)
        if (importing->imports[i] == number)
            return;
    int64_t *imports = realloc(importing->imports, (importing->import_count + 1) * sizeof *imports);
    if (!imports) { /* its refused rows will be missing from --refused */
        complain("out of memory");
        importing->failed = true;
        return;
    }
    importing->imports = imports;
    imports[importing->import_count++] = number;
}

static void on_done(void *context, const struct cbec_import_summary *summary)
{
    struct import_call *importing = context;
    progress_clear(&importing->progress);
    importing->failed |= summary->error != NULL;
    if (!summary->error)
        note_import(importing, summary->import);
    importing->refused |= summary->refused > 0 && !summary->already_imported;
    if (summary->error)
        complain("%s", summary->error);
    if (options.json)
        summaries_add_json(&importing->summaries, summary);
    else if (!summary->error)
        summary_print(stdout, summary, options.dry_run);
}

/* The file to be read that is this one; NULL if none is. "-" is what standard input is. */
static const char *input_that_is(const char *path, const struct text_list *files)
{
    for (size_t i = 0; i < files->count; i++)
        if (path_same_file(path, path_of_input(files->at[i])))
            return files->at[i];
    return NULL;
}

/* Files to be written must not be ones that are read. */
static int check_files(const struct command_context *context, const struct text_list *files)
{
    if (files->count == 0) {
        complain("import needs at least one file (`cbec help import`)");
        return EXIT_USAGE;
    }
    if (!options.refused)
        return EXIT_DONE;
    if (options.dry_run) {
        complain("--refused goes with an import, not with --dry-run");
        return EXIT_USAGE;
    }
    if (input_that_is(options.refused, files)) {
        complain("%s is an export: name another file with --refused", options.refused);
        return EXIT_FAILED;
    }
    return check_output(options.refused, context->db);
}

static int import_files(struct command_context *context, const struct text_list *files,
                        struct import_call *importing)
{
    const struct cbec_import_options import_options = {
        .source = options.source,
        .data_date = options.data_date,
        .encoding = options.encoding,
        .map = options.map.at,
        .map_count = options.map.count,
        .strict = options.strict,
        .dry_run = options.dry_run,
        .context = importing,
        .progress = on_progress,
        .done = on_done,
    };
    struct cbec_error error;
    for (size_t i = 0; i < files->count; i++) {
        if (caught_signal)
            return EXIT_SIGNAL + caught_signal;
        progress_begin(&importing->progress);
        enum cbec_status status =
            cbec_import(context->registry, files->at[i], &import_options, &error);
        if (status == CBEC_ERROR_CANCELLED && caught_signal)
            return EXIT_SIGNAL + caught_signal;
        if (status == CBEC_ERROR_USAGE && !importing->failed)
            return fail(&error);
        if (status == CBEC_ERROR_USAGE)
            return EXIT_USAGE;
    }
    return importing->failed ? EXIT_FAILED : importing->refused ? EXIT_REFUSED_ROWS : EXIT_DONE;
}

/* Writes the refused rows of this call's imports. */
static int write_refused(struct command_context *context, const struct import_call *importing,
                         FILE *stream)
{
    static const char *const columns[] = {"import", "file", "line", "reason", "text"};
    struct output *output = output_begin(OUTPUT_CSV, stream, NULL, columns, 5);
    for (size_t i = 0; i < importing->import_count; i++) {
        const struct cbec_question question = {.import = importing->imports[i]};
        struct cbec_result *result;
        struct cbec_error error;
        const struct cbec_cell *cells = NULL;
        enum cbec_status status =
            cbec_list_run(context->registry, "refused", &question, &result, &error);
        while (status == CBEC_OK &&
               (status = cbec_result_next(result, &cells, &error)) == CBEC_OK && cells)
            output_row(output, cells);
        cbec_result_close(result);
        if (status != CBEC_OK) {
            output_abandon(output);
            return fail(&error);
        }
    }
    if (output_end(output))
        return EXIT_DONE;
    complain("cannot write %s: %s", options.refused, strerror(errno));
    return EXIT_FAILED;
}

static int run_import(struct command_context *context, const struct text_list *files)
{
    struct import_call importing = {0};
    struct output_file refused = {.stream = NULL};
    int status = check_files(context, files);
    /* Before any work: what cannot be written is not to be found out after it. */
    if (status == EXIT_DONE && options.refused)
        status = open_output(&refused, options.refused);
    if (status != EXIT_DONE)
        return status;
    cbec_on_wait(context->registry, wait_aloud, NULL);
    status = import_files(context, files, &importing);
    if (options.json)
        summaries_print_json(stdout, &importing.summaries);
    if (refused.stream) {
        int written = write_refused(context, &importing, refused.stream);
        int closed = close_output(&refused, written == EXIT_DONE);
        if (status == EXIT_DONE || status == EXIT_REFUSED_ROWS)
            status = written != EXIT_DONE ? written : closed != EXIT_DONE ? closed : status;
    }
    summaries_free(&importing.summaries);
    free(importing.imports);
    return status;
}

static enum cbec_open_mode mode_of_import(void)
{
    return options.dry_run ? CBEC_OPEN_TRIAL : CBEC_OPEN_CREATE;
}

const struct command command_import = {
    .name = "import",
    .arguments = "FILE…",
    .summary = "load registry exports",
    .details =
        "Reads exports of company registers as vendors hand them out; - is standard input. "
        "Format,\n"
        "encoding, header, source and data date are told from the file. Each file is taken in\n"
        "completely or not at all; the same file again changes nothing.\n"
        "Fields: name credit_code registration_no organisation_code founded_on status ceased_on\n"
        "capital type industry province city district address scope former_names approved_on.\n\n"
        "Exit status: 0 done; 1 a file could not be taken in; 2 wrong command line; 3 done, and\n"
        "some rows were refused (`cbec refused` lists them).\n",
    .opens = true,
    .mode = CBEC_OPEN_CREATE,
    .mode_of = mode_of_import,
    .options = option_specs,
    .run = run_import,
};
