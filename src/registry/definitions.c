#include "registry/definitions.h"

#include "record/name.h"
#include "util/error.h"

/* Adds a definition, or a word of it where there is one. */
static bool add_row(struct definitions *definitions, struct statement *row)
{
    struct buffer folded = {0};
    bool is_word = !statement_is_null(row, 2);
    if (is_word)
        definition_word(statement_text(row, 2), &folded);
    struct slice word = {is_word ? buffer_string(&folded) : NULL, folded.length};
    bool added =
        !folded.failed && definition_index_add(&definitions->index, (int)statement_integer(row, 0),
                                               word, statement_integer(row, 1) != 0);
    buffer_free(&folded);
    return added;
}

enum cbec_status definitions_load(struct definitions *definitions, struct cbec_registry *registry,
                                  struct cbec_error *error)
{
    *definitions = (struct definitions){.index = {.count = 0}};
    struct statement words;
    enum cbec_status status = statement_prepare(&words, registry, "definition_words", error);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&words, &row, error);
        if (status != CBEC_OK || !row)
            break;
        if (!add_row(definitions, &words))
            status = error_no_memory(error);
    }
    statement_finish(&words);
    return status;
}

void definitions_free(struct definitions *definitions)
{
    definition_index_free(&definitions->index);
}

bool definitions_of(const struct definitions *definitions, struct slice name, struct slice scope,
                    struct buffer *text, int64_t *set)
{
    uint64_t found = 0;
    bool done = definition_index_find(&definitions->index, name_without_suffixes(name), scope, text,
                                      &found);
    *set = (int64_t)found;
    return done;
}
