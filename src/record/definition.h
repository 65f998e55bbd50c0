/* definition.h: whether an enterprise belongs to a definition (统计口径), by words in name and
 * scope. */
#ifndef CBEC_RECORD_DEFINITION_H
#define CBEC_RECORD_DEFINITION_H

#include <stdint.h>

#include "util/buffer.h"

/* Appends a word as it is looked for: width and case folded, white space at its ends dropped. */
void definition_word(struct slice word, struct buffer *out);

/* A word in the index, and the definitions that want it and that do not, as bits. */
struct indexed_word {
    char *text; /* owned */
    size_t length;
    uint64_t wanted;
    uint64_t unwanted;
    size_t next;    /* the number of another one with the same last byte; 0: none */
    bool has_ascii; /* it may be written in letters of another width or case */
};

/* The words of definitions numbered 0 to 63, looked for all at once. Begin with {0}. */
struct definition_index {
    struct indexed_word *words; /* number n is words[n - 1] */
    size_t count;
    uint64_t wide[1024]; /* a bit for the last two bytes of three that a word ends in */
    bool narrow[256];    /* for the last byte of a word that ends otherwise */
    size_t last[256];    /* the number of a word that ends in this byte; 0: none does */
    uint64_t known;      /* the definitions */
    uint64_t wanting;    /* those that have words one of which must occur */
    uint64_t unwanting;  /* those that have words none of which may occur */
};

/* Adds a word (from definition_word) of a definition, or the definition alone if word.at is NULL;
 * false when there is no memory. An empty word occurs nowhere. */
bool definition_index_add(struct definition_index *index, int definition, struct slice word,
                          bool wanted);

/*
 * The definitions to which an enterprise of this name and scope belongs, as bits: one of the wanted
 * words must occur, if there are any, and none of the unwanted ones. False when there is no memory.
 *
 * Words are looked for when width and case are folded; where `text` is needed for that, it is
 * overwritten. What stands in a negating bracket does not count, nor is a word found across it, or
 * across the end of the name. A bracket negates if it begins with 不含, 除, 不包括, 不得 or 禁止,
 * or ends in 除外; one inside another goes with it. A closing bracket closes only the innermost
 * open one, and only if it is of the same kind; else it is a character like others. A bracket that
 * is never closed reaches to the end.
 */
bool definition_index_find(const struct definition_index *index, struct slice name,
                           struct slice scope, struct buffer *text, uint64_t *definitions);

void definition_index_free(struct definition_index *index);

#endif
