#include "registry/definitions.h"

#include <stdlib.h>

#include "util/error.h"

/* Adds a word to a definition; false when there is no memory. */
static bool add_word(struct definition *definition, struct slice word, bool wanted)
{
    size_t count = definition->wanted + definition->unwanted;
    struct slice *words = realloc(definition->words, (count + 1) * sizeof *words);
    if (!words)
        return false;
    definition->words = words;
    struct buffer folded = {0};
    definition_word(word, &folded);
    words[count] = buffer_slice(&folded);
    if (wanted)
        definition->wanted++;
    else
        definition->unwanted++;
    return !folded.failed;
}

enum cbec_status definitions_load(struct definitions *definitions, struct cbec_registry *registry,
                                  struct cbec_error *error)
{
    *definitions = (struct definitions){.count = 0};
    struct statement words;
    enum cbec_status status = statement_prepare(&words, registry, "definition_words", error);
    bool row = true;
    while (status == CBEC_OK && row) {
        status = statement_step(&words, &row, error);
        if (status != CBEC_OK || !row)
            break;
        int id = (int)statement_integer(&words, 0);
        struct definition *last =
            definitions->count ? &definitions->at[definitions->count - 1] : NULL;
        if (!last || last->id != id) {
            last = &definitions->at[definitions->count++];
            last->id = id;
        }
        if (!statement_is_null(&words, 2) &&
            !add_word(last, statement_text(&words, 2), statement_integer(&words, 1) != 0))
            status = error_no_memory(error);
    }
    statement_finish(&words);
    return status;
}

void definitions_free(struct definitions *definitions)
{
    for (size_t i = 0; i < definitions->count; i++) {
        struct definition *definition = &definitions->at[i];
        for (size_t word = 0; word < definition->wanted + definition->unwanted; word++)
            free((char *)definition->words[word].at);
        free(definition->words);
    }
    definitions->count = 0;
}

int64_t definitions_of(const struct definitions *definitions, struct slice text)
{
    int64_t belongs = 0;
    for (size_t i = 0; i < definitions->count; i++) {
        const struct definition *definition = &definitions->at[i];
        struct definition_words words = {definition->words, definition->wanted,
                                         definition->words + definition->wanted,
                                         definition->unwanted};
        if (definition_matches(&words, text))
            belongs |= (int64_t)1 << definition->id;
    }
    return belongs;
}
