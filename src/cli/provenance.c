#include "cli/provenance.h"

#include <inttypes.h>
#include <string.h>

#include "output/cells.h"
#include "output/width.h"

/* ---- Reading -----------------------------------------------------------------------------------
 */

struct reading {
    struct provenance *provenance;
    enum language language;
};

/* Begins the next element of a list in words and of one in JSON. */
static void next_element(struct reading *reading, struct buffer *words, struct buffer *json)
{
    if (words->length)
        buffer_append(words, slice_of(word_phrase(reading->language, "comma")));
    buffer_append(json, json->length ? SLICE(", ") : SLICE("["));
}

static void read_word(struct reading *reading, const struct cbec_cell *cells)
{
    struct provenance *provenance = reading->provenance;
    bool wanted = cells[1].integer != 0;
    struct buffer *words = wanted ? &provenance->words : &provenance->unwanted;
    struct buffer *json = wanted ? &provenance->words_json : &provenance->unwanted_json;
    next_element(reading, words, json);
    buffer_append(words, cell_text(&cells[0]));
    json_string(cell_text(&cells[0]), json);
}

/* source, imports, first_data_date, last_data_date */
static void read_source(struct reading *reading, const struct cbec_cell *cells)
{
    struct buffer *words = &reading->provenance->sources;
    struct buffer *json = &reading->provenance->sources_json;
    struct slice first = cell_text(&cells[2]), last = cell_text(&cells[3]);
    next_element(reading, words, json);
    buffer_append(words, word_value(reading->language, SLICE("source"), cell_text(&cells[0])));
    buffer_append_format(words, reading->language == LANGUAGE_CHINESE ? "（%.*s" : " (%.*s",
                         (int)first.length, first.at);
    if (!slice_equal(first, last))
        buffer_append_format(words, " – %.*s", (int)last.length, last.at);
    buffer_append(words, reading->language == LANGUAGE_CHINESE ? SLICE("）") : SLICE(")"));
    buffer_append(json, SLICE("{\"source\": "));
    json_string(cell_text(&cells[0]), json);
    buffer_append_format(json,
                         ", \"imports\": %" PRId64 ", \"first_data_date\": ", cells[1].integer);
    json_string(first, json);
    buffer_append(json, SLICE(", \"last_data_date\": "));
    json_string(last, json);
    buffer_append_byte(json, '}');
}

/* Hands every row of a listing to `row`. */
static int read_listing(struct cbec_registry *registry, const char *listing,
                        struct reading *reading,
                        void (*row)(struct reading *, const struct cbec_cell *))
{
    struct cbec_result *result;
    struct cbec_error error;
    const struct cbec_cell *cells;
    enum cbec_status status =
        cbec_list_run(registry, listing, reading->provenance->question, &result, &error);
    if (status != CBEC_OK)
        return fail(&error);
    while ((status = cbec_result_next(result, &cells, &error)) == CBEC_OK && cells)
        row(reading, cells);
    cbec_result_close(result);
    return status == CBEC_OK ? EXIT_DONE : fail(&error);
}

static void end_array(struct buffer *json)
{
    buffer_append(json, json->length ? SLICE("]") : SLICE("[]"));
}

int provenance_read(struct cbec_registry *registry, const struct cbec_question *question,
                    enum language language, struct provenance *provenance)
{
    *provenance = (struct provenance){.question = question};
    struct reading reading = {provenance, language};
    int status = figures_read(registry, question, &provenance->figures);
    if (status == EXIT_DONE)
        status = read_listing(registry, "words", &reading, read_word);
    if (status == EXIT_DONE)
        status = read_listing(registry, "sources", &reading, read_source);
    end_array(&provenance->words_json);
    end_array(&provenance->unwanted_json);
    end_array(&provenance->sources_json);
    return status;
}

void provenance_free(struct provenance *provenance)
{
    figures_free(&provenance->figures);
    buffer_free(&provenance->words);
    buffer_free(&provenance->unwanted);
    buffer_free(&provenance->sources);
    buffer_free(&provenance->words_json);
    buffer_free(&provenance->unwanted_json);
    buffer_free(&provenance->sources_json);
}

/* ---- For people --------------------------------------------------------------------------------
 */

static void add_fact(struct document *document, const char *key, const char *value)
{
    if (value && *value)
        document_add_fact(document, word_phrase(document->language, key), value);
}

static void add_count(struct document *document, const char *key, int64_t count)
{
    char text[32];
    format_count(count, text);
    add_fact(document, key, text);
}

/* "narrow (跨境电商, …; without 粽油)" */
static void add_definition(struct provenance *provenance, struct document *document)
{
    enum language language = document->language;
    struct buffer text = {0};
    buffer_append(&text, buffer_slice(&provenance->figures.definition));
    buffer_append(&text, language == LANGUAGE_CHINESE ? SLICE("（") : SLICE(" ("));
    buffer_append(&text, provenance->words.length
                             ? buffer_slice(&provenance->words)
                             : slice_of(word_phrase(language, "every_enterprise")));
    if (provenance->unwanted.length) {
        buffer_append_format(&text, "%s%s%s", word_phrase(language, "semicolon"),
                             word_phrase(language, "without"),
                             language == LANGUAGE_CHINESE ? "" : " ");
        buffer_append(&text, buffer_slice(&provenance->unwanted));
    }
    buffer_append(&text, language == LANGUAGE_CHINESE ? SLICE("）") : SLICE(")"));
    add_fact(document, "definition", buffer_string(&text));
    document->failed |= text.failed;
    buffer_free(&text);
}

void add_vintage_fact(struct document *document, const char *phrase_key, const char *known_at)
{
    struct buffer text = {0};
    if (!known_at)
        return;
    const char *form =
        word_phrase(document->language, strchr(known_at, '-') ? "exports_to" : "after_import");
    const char *place = strstr(form, "%s");
    buffer_append(&text, (struct slice){form, (size_t)(place - form)});
    buffer_append(&text, slice_of(known_at));
    buffer_append(&text, slice_of(place + 2));
    add_fact(document, phrase_key, buffer_string(&text));
    document->failed |= text.failed;
    buffer_free(&text);
}

void provenance_add_facts(struct provenance *provenance, struct document *document)
{
    struct figures *figures = &provenance->figures;
    const struct cbec_question *question = provenance->question;
    add_fact(document, "as_of", figures->as_of);
    add_vintage_fact(document, "known_at", question->known_at);
    add_definition(provenance, document);
    add_fact(document, "province", buffer_string(&figures->province));
    add_fact(document, "source", buffer_string(&figures->source));
    add_fact(document, "since", question->since);
    add_fact(document, "until", question->until);
    for (size_t i = 0; i < question->parameter_count; i++)
        add_fact(document, "parameter", question->parameters[i]);
    add_count(document, "enterprises", figures->enterprises);
    add_count(document, "unknown_statuses", figures->unknown_statuses);
    add_count(document, "refused_rows", figures->refused_rows);
    add_fact(document, "sources",
             provenance->sources.length ? buffer_string(&provenance->sources)
                                        : word_phrase(document->language, "no_sources"));
    struct buffer program = {0};
    buffer_append_format(&program, "cbec %s", cbec_version());
    add_fact(document, "program", buffer_string(&program));
    document->failed |= program.failed;
    buffer_free(&program);
}

void facts_below_each_other(const struct document *document, struct buffer *out)
{
    size_t widest = 0;
    for (size_t i = 0; i < document->fact_count; i++) {
        size_t width = text_width(slice_of(document->facts[i].name));
        widest = width > widest ? width : widest;
    }
    for (size_t i = 0; i < document->fact_count; i++) {
        const struct fact *fact = &document->facts[i];
        int gap = (int)(widest + 2 - text_width(slice_of(fact->name)));
        buffer_append_format(out, "%s%*s", fact->name, gap, "");
        text_visible(slice_of(fact->value), out);
        buffer_append_byte(out, '\n');
    }
}

void provenance_lines(struct provenance *provenance, enum language language, struct buffer *out)
{
    struct document document;
    document_begin(&document, language);
    provenance_add_facts(provenance, &document);
    facts_below_each_other(&document, out);
    out->failed |= document.failed;
    document_free(&document);
}

void provenance_line(struct provenance *provenance, enum language language, struct buffer *out)
{
    struct document document;
    document_begin(&document, language);
    provenance_add_facts(provenance, &document);
    for (size_t i = 0; i < document.fact_count && !document.failed; i++) {
        buffer_append_format(out, "%s%s%s", i ? word_phrase(language, "semicolon") : "",
                             document.facts[i].name, word_phrase(language, "colon"));
        text_visible(slice_of(document.facts[i].value), out);
    }
    buffer_append_byte(out, '\n');
    out->failed |= document.failed;
    document_free(&document);
}

/* ---- For programs ------------------------------------------------------------------------------
 */

static void begin_member(struct buffer *out, int indent, const char *key)
{
    buffer_append_format(out, "%*s\"%s\": ", indent, "", key);
}

static void end_member(struct buffer *out)
{
    buffer_append(out, SLICE(",\n"));
}

static void add_text(struct buffer *out, int indent, const char *key, struct slice text)
{
    begin_member(out, indent, key);
    if (text.at && text.length)
        json_string(text, out);
    else
        buffer_append(out, SLICE("null"));
    end_member(out);
}

void provenance_json(struct provenance *provenance, int indent, struct buffer *out)
{
    const struct figures *figures = &provenance->figures;
    const struct cbec_question *question = provenance->question;
    add_text(out, indent, "program", SLICE("cbec"));
    add_text(out, indent, "version", slice_of(cbec_version()));
    add_text(out, indent, "as_of", slice_of(figures->as_of));
    add_text(out, indent, "known_at", slice_of(question->known_at));
    add_text(out, indent, "definition", buffer_slice(&figures->definition));
    begin_member(out, indent, "words");
    buffer_append(out, buffer_slice(&provenance->words_json));
    end_member(out);
    begin_member(out, indent, "unwanted");
    buffer_append(out, buffer_slice(&provenance->unwanted_json));
    end_member(out);
    add_text(out, indent, "province", buffer_slice(&figures->province));
    add_text(out, indent, "source", buffer_slice(&figures->source));
    add_text(out, indent, "since", slice_of(question->since));
    add_text(out, indent, "until", slice_of(question->until));
    begin_member(out, indent, "parameters");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < question->parameter_count; i++) {
        buffer_append(out, i ? SLICE(", ") : SLICE(""));
        json_string(slice_of(question->parameters[i]), out);
    }
    buffer_append_byte(out, ']');
    end_member(out);
    const struct {
        const char *key;
        int64_t count;
    } counts[] = {{"enterprises", figures->enterprises},
                  {"unknown_statuses", figures->unknown_statuses},
                  {"refused_rows", figures->refused_rows}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        begin_member(out, indent, counts[i].key);
        buffer_append_format(out, "%" PRId64, counts[i].count);
        end_member(out);
    }
    begin_member(out, indent, "sources");
    buffer_append(out, buffer_slice(&provenance->sources_json));
}
