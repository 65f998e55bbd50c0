/* definition.h: whether an enterprise belongs to a definition (统计口径), by words in name and
 * scope. */
#ifndef CBEC_RECORD_DEFINITION_H
#define CBEC_RECORD_DEFINITION_H

#include "util/buffer.h"

/*
 * Appends the text in which words are looked for: name and scope, width and case folded, without
 * what stands in negating brackets. A gap is left where something was taken out and between name
 * and scope, so that no word is found across it: the byte 0xFF, which makes the text no valid
 * UTF-8. A bracket negates if it begins with 不含, 除, 不包括, 不得 or 禁止, or ends in 除外; one
 * inside another goes with it. A closing bracket closes only the innermost open one, and only if it
 * is of the same kind; else it is a character like others. A bracket that is never closed reaches
 * to the end.
 */
void definition_text(struct slice name, struct slice scope, struct buffer *out);

/* Appends a word as it is looked for: width and case folded, white space at its ends dropped. */
void definition_word(struct slice word, struct buffer *out);

struct definition_words {
    const struct slice *wanted; /* at least one must occur; none at all: every enterprise belongs */
    size_t wanted_count;
    const struct slice *unwanted; /* none may occur */
    size_t unwanted_count;
};

/*
 * True if an enterprise with this text (from definition_text) belongs; words are from
 * definition_word. An empty word occurs nowhere.
 */
bool definition_matches(const struct definition_words *words, struct slice text);

#endif
