#include "cli/summary.h"

#include "cli/cli.h"
#include "output/cells.h"
#include "output/output.h"
#include "output/width.h"

/* ---- For people --------------------------------------------------------------------------------
 */

static void print_count(FILE *stream, uint64_t count)
{
    char text[32];
    format_count((int64_t)count, text);
    fputs(text, stream);
}

static void print_counts(FILE *stream, const struct cbec_import_summary *summary)
{
    const struct {
        uint64_t count;
        const char *what;
    } counts[] = {{summary->added, "new"},
                  {summary->updated, "updated"},
                  {summary->unchanged, "unchanged"},
                  {summary->refused, "refused"},
                  {summary->skipped, "skipped"}};
    print_count(stream, summary->rows);
    fputs(" rows:", stream);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        fputs(i ? ", " : " ", stream);
        print_count(stream, counts[i].count);
        fprintf(stream, " %s", counts[i].what);
    }
}

static void print_examples(FILE *stream, const struct cbec_examples *examples)
{
    for (size_t i = 0; i < examples->count; i++) {
        struct buffer cut = {0};
        text_cut(slice_of(examples->text[i]), 100, &cut);
        fprintf(stream, "      line %llu: %s\n", (unsigned long long)examples->line[i],
                buffer_string(&cut));
        buffer_free(&cut);
    }
}

static void print_refused(FILE *stream, const struct cbec_import_summary *summary, bool dry_run)
{
    for (int refusal = CBEC_ACCEPTED + 1; refusal < CBEC_REFUSAL_COUNT; refusal++) {
        if (summary->refused_by[refusal] == 0)
            continue;
        fputs("    refused, ", stream);
        fputs(cbec_refusal_name((enum cbec_refusal)refusal), stream);
        fputs(": ", stream);
        print_count(stream, summary->refused_by[refusal]);
        fputc('\n', stream);
        print_examples(stream, &summary->refused_examples[refusal]);
    }
    if (summary->refused > 0 && !dry_run)
        fprintf(stream, "    all of them: cbec refused --import %lld\n",
                (long long)summary->import);
}

static void print_warnings(FILE *stream, const struct cbec_import_summary *summary)
{
    bool first = true;
    for (int warning = 0; warning < CBEC_WARNING_UNKNOWN_COLUMN; warning++) {
        if (summary->warnings[warning] == 0)
            continue;
        fputs(first ? "    warnings: " : ", ", stream);
        first = false;
        fprintf(stream, "%s ", cbec_warning_name((enum cbec_warning)warning));
        print_count(stream, summary->warnings[warning]);
    }
    if (!first)
        fputc('\n', stream);
    if (summary->unknown_statuses.count > 0) {
        fputs("    statuses not known:\n", stream);
        print_examples(stream, &summary->unknown_statuses);
    }
}

void summary_print(FILE *stream, const struct cbec_import_summary *summary, bool dry_run)
{
    print_visible(stream, summary->path);
    if (summary->already_imported) {
        fprintf(stream, ": already imported as number %lld, nothing changes (then ",
                (long long)summary->import);
        print_counts(stream, summary);
        fputs(")\n", stream);
        return;
    }
    fprintf(stream, ": %s%s%s, header in row %llu", summary->format, summary->encoding ? ", " : "",
            summary->encoding ? summary->encoding : "", (unsigned long long)summary->header_row);
    if (summary->sheet) {
        fputs(" of sheet ", stream);
        print_visible(stream, summary->sheet);
    }
    fputs(", source ", stream);
    print_visible(stream, summary->source);
    fprintf(stream, ", data date %s (from %s%s)\n  ", summary->data_date,
            summary->data_date_from[0] == 'o' ? "" : "its ", summary->data_date_from);
    print_counts(stream, summary);
    fputs(dry_run ? " (dry run: nothing is written)\n" : "\n", stream);
    fputs("    columns understood: ", stream);
    print_visible(stream, summary->columns_understood);
    if (*summary->columns_unknown) {
        fputs("\n    columns not understood: ", stream);
        print_visible(stream, summary->columns_unknown);
    }
    if (*summary->other_sheets) {
        fputs("\n    tables in other sheets, not read: ", stream);
        print_visible(stream, summary->other_sheets);
        fputs(" (save each as a file of its own)", stream);
    }
    if (*summary->columns_missing) {
        fputs("\n    no column for --map: ", stream);
        print_visible(stream, summary->columns_missing);
    }
    fputc('\n', stream);
    if (summary->notes.count > 0) {
        fputs("    notes, not counted as rows:\n", stream);
        print_examples(stream, &summary->notes);
    }
    print_warnings(stream, summary);
    print_refused(stream, summary, dry_run);
}

/* ---- For programs ------------------------------------------------------------------------------
 */

static void add_text(struct buffer *json, const char *key, const char *value)
{
    buffer_append_format(json, "\"%s\": ", key);
    if (value)
        json_string(slice_of(value), json);
    else
        buffer_append(json, SLICE("null"));
    buffer_append(json, SLICE(", "));
}

static void add_counts(struct buffer *json, const struct cbec_import_summary *summary)
{
    const struct {
        const char *key;
        uint64_t value;
    } counts[] = {{"header_row", summary->header_row},
                  {"rows", summary->rows},
                  {"new", summary->added},
                  {"updated", summary->updated},
                  {"unchanged", summary->unchanged},
                  {"refused", summary->refused},
                  {"skipped", summary->skipped}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        buffer_append_format(json, "\"%s\": %llu, ", counts[i].key,
                             (unsigned long long)counts[i].value);
}

void summaries_add_json(struct summaries *summaries, const struct cbec_import_summary *summary)
{
    struct buffer *json = &summaries->json;
    buffer_append(json, json->length ? SLICE(",\n  {") : SLICE("\n  {"));
    add_text(json, "path", summary->path);
    if (summary->error) {
        buffer_append(json, SLICE("\"error\": "));
        json_string(slice_of(summary->error), json);
        buffer_append_byte(json, '}');
        return;
    }
    add_text(json, "source", summary->source);
    add_text(json, "data_date", summary->data_date);
    add_text(json, "format", summary->format);
    add_text(json, "encoding", summary->encoding);
    add_counts(json, summary);
    buffer_append(json, SLICE("\"warnings\": {"));
    bool first = true;
    for (int warning = 0; warning < CBEC_WARNING_COUNT; warning++) {
        if (summary->warnings[warning] == 0)
            continue;
        buffer_append_format(json, "%s\"%s\": %llu", first ? "" : ", ",
                             cbec_warning_name((enum cbec_warning)warning),
                             (unsigned long long)summary->warnings[warning]);
        first = false;
    }
    buffer_append_format(json, "}, \"already_imported\": %s, \"import\": %lld}",
                         summary->already_imported ? "true" : "false", (long long)summary->import);
}

void summaries_print_json(FILE *stream, const struct summaries *summaries)
{
    fprintf(stream, "{\"files\": [%.*s\n]}\n", (int)summaries->json.length,
            summaries->json.data ? summaries->json.data : "");
}

void summaries_free(struct summaries *summaries)
{
    buffer_free(&summaries->json);
}
