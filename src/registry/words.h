/*
 * words.h: short texts that many rows share (table word), all of them in memory.
 *
 * A column holds such a word by its number, and other texts as they are: long ones, and those met
 * when there are WORDS_MOST words already.
 */
#ifndef CBEC_REGISTRY_WORDS_H
#define CBEC_REGISTRY_WORDS_H

#include "registry/statement.h"
#include "util/buffer.h"
#include "util/texts.h"

#define WORD_BYTES ((size_t)64)
#define WORDS_MOST ((size_t)65536)

struct words {
    struct cbec_registry *registry;
    struct texts all;
    uint32_t
        *folded; /* the numbers of the words they are when width is folded; 0: not worked out */
    size_t folded_capacity;
    size_t saved; /* so many are on file */
    bool no_memory;
};

/* Reads the words on file. */
enum cbec_status words_open(struct words *words, struct cbec_registry *registry,
                            struct cbec_error *error);
void words_close(struct words *words);

/* Writes the new words; to be called before the commit. */
enum cbec_status words_save(struct words *words, struct cbec_error *error);

/* What a column holds for a text; NULL for none. A text that is no word stays where it is. */
struct value words_value(struct words *words, struct slice text);

/* Of such a value, what a column holds for the same text without regard to the width of its
 * characters (NFKC) and blanks around it. What is no word is put in `room`. */
struct value words_folded(struct words *words, struct value value, struct buffer *room);

/* The text of a value that words_value has made; .at is NULL for NULL. */
struct slice words_text(const struct words *words, struct value value);

#endif
