/* Definitions that users add. */
#include "registry/definitions.h"
#include "registry/statement.h"
#include "registry/tally.h"
#include "util/error.h"

static enum cbec_status check_words(const char *name, const char *const *words, size_t word_count,
                                    const char *const *unwanted, size_t unwanted_count,
                                    struct cbec_error *error)
{
    for (const char *at = name; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f || *at == ',')
            return error_set(error, CBEC_ERROR_USAGE,
                             "a definition's name is plain text without commas");
    if (!*name || word_count == 0)
        return error_set(error, CBEC_ERROR_USAGE,
                         "a definition needs a name and at least one word: cbec define NAME WORD…");
    for (size_t i = 0; i < word_count + unwanted_count; i++) {
        const char *word = i < word_count ? words[i] : unwanted[i - word_count];
        struct buffer folded = {0};
        definition_word(slice_of(word), &folded);
        bool empty = folded.length == 0;
        buffer_free(&folded);
        if (empty)
            return error_set(error, CBEC_ERROR_USAGE, "'%s' is no word: it is blank", word);
    }
    return CBEC_OK;
}

/* The number for a definition of this name: that of the one it replaces, or the first free one. */
static enum cbec_status find_number(struct cbec_registry *registry, const char *name, int64_t *id,
                                    struct cbec_error *error)
{
    struct statement find;
    bool row = false;
    enum cbec_status status = statement_prepare(&find, registry, "definition_number", error);
    statement_bind_text(&find, 1, slice_of(name));
    if (status == CBEC_OK)
        status = statement_step(&find, &row, error);
    bool built_in = row && statement_integer(&find, 1) != 0;
    *id = row ? statement_integer(&find, 0) : 0;
    statement_finish(&find);
    if (status != CBEC_OK)
        return status;
    if (built_in)
        return error_set(error, CBEC_ERROR_USAGE,
                         "definition '%s' is built in: choose another name", name);
    if (!row)
        return error_set(error, CBEC_ERROR_USAGE, "a registry holds no more than %d definitions",
                         DEFINITION_MOST);
    return CBEC_OK;
}

static enum cbec_status write_words(struct cbec_registry *registry, int64_t id,
                                    const char *const *words, size_t count, bool wanted,
                                    struct cbec_error *error)
{
    struct statement insert;
    enum cbec_status status = statement_prepare_text(
        &insert, registry, "INSERT OR IGNORE INTO definition_word VALUES (?1, ?2, ?3)", NULL,
        error);
    for (size_t i = 0; i < count && status == CBEC_OK; i++) {
        statement_bind_integer(&insert, 1, id);
        statement_bind_integer(&insert, 2, wanted);
        statement_bind_text(&insert, 3, slice_of(words[i]));
        status = statement_run(&insert, error);
    }
    statement_finish(&insert);
    return status;
}

/* What sql_belongs works with. */
struct classifying {
    struct cbec_registry *registry;
    struct definitions definitions;
};

/* belongs(definition, name, scope): what SQL asks for each enterprise. */
static void sql_belongs(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    struct classifying *classifying = sqlite3_user_data(context);
    const struct definitions *definitions = &classifying->definitions;
    classifying->registry->done++;
    struct buffer text = {0};
    struct slice name = slice_of((const char *)sqlite3_value_text(values[1]));
    struct slice scope = slice_of((const char *)sqlite3_value_text(values[2]));
    int64_t set;
    if (definitions_of(definitions, name, scope, &text, &set))
        sqlite3_result_int(context, set >> sqlite3_value_int(values[0]) & 1);
    else
        sqlite3_result_error_nomem(context);
    buffer_free(&text);
}

static enum cbec_status classify_all(struct cbec_registry *registry, int64_t id,
                                     struct cbec_error *error)
{
    struct classifying classifying = {.registry = registry};
    struct statement classify = {0};
    int64_t enterprises = 0;
    enum cbec_status status = definitions_load(&classifying.definitions, registry, error);
    if (status == CBEC_OK)
        status = registry_integer(registry, "SELECT count(*) FROM enterprise", &enterprises, error);
    registry->done = 0;
    registry->total = (uint64_t)enterprises;
    sqlite3_create_function(registry->db, "belongs", 3, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                            &classifying, sql_belongs, NULL, NULL);
    if (status == CBEC_OK)
        status = statement_prepare(&classify, registry, "definition_classify", error);
    if (status == CBEC_OK) {
        statement_bind_integer(&classify, 1, id);
        status = statement_run(&classify, error);
    }
    statement_finish(&classify);
    sqlite3_create_function(registry->db, "belongs", 3, SQLITE_UTF8, NULL, NULL, NULL, NULL);
    definitions_free(&classifying.definitions);
    registry->done = registry->total = 0;
    return status;
}

static enum cbec_status write_definition(struct cbec_registry *registry, int64_t id,
                                         const char *name, struct cbec_error *error)
{
    struct statement put;
    enum cbec_status status = statement_prepare(&put, registry, "definition_put", error);
    statement_bind_integer(&put, 1, id);
    statement_bind_text(&put, 2, slice_of(name));
    if (status == CBEC_OK)
        status = statement_run(&put, error);
    statement_finish(&put);
    if (status != CBEC_OK)
        return status;
    status = statement_prepare_text(
        &put, registry, "DELETE FROM definition_word WHERE definition = ?1", NULL, error);
    statement_bind_integer(&put, 1, id);
    if (status == CBEC_OK)
        status = statement_run(&put, error);
    statement_finish(&put);
    return status;
}

enum cbec_status cbec_define(struct cbec_registry *registry, const char *name,
                             const char *const *words, size_t word_count,
                             const char *const *unwanted, size_t unwanted_count,
                             struct cbec_error *error)
{
    int64_t id;
    enum cbec_status status = check_words(name, words, word_count, unwanted, unwanted_count, error);
    if (status == CBEC_OK)
        status = registry_begin(registry, error);
    if (status == CBEC_OK)
        status = find_number(registry, name, &id, error);
    if (status == CBEC_OK)
        status = write_definition(registry, id, name, error);
    if (status == CBEC_OK)
        status = write_words(registry, id, words, word_count, true, error);
    if (status == CBEC_OK)
        status = write_words(registry, id, unwanted, unwanted_count, false, error);
    if (status == CBEC_OK)
        status = classify_all(registry, id, error);
    if (status == CBEC_OK)
        status = tally_recount(registry, error);
    if (status == CBEC_OK)
        status = registry_commit(registry, error);
    registry_rollback(registry);
    return status;
}
