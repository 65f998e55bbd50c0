/* words.h: the words for people: headings, values and sentences, in English and Chinese. */
#ifndef CBEC_OUTPUT_WORDS_H
#define CBEC_OUTPUT_WORDS_H

#include "util/buffer.h"

enum language { LANGUAGE_ENGLISH, LANGUAGE_CHINESE };

/* The language of that name, "en" or "zh"; false if there is none. */
bool language_find(const char *name, enum language *language);

/* Its name, "en" or "zh-Hans", as in HTML's lang. */
const char *language_tag(enum language language);

/*
 * Appends the heading of a column, new_registrations: "new registrations", 新增注册. A column that
 * is not among the field's terms keeps its name, with blanks for _.
 */
void word_heading(enum language language, struct slice column, struct buffer *out);

/*
 * The word for a value that a column of the program's own takes: a status group, an age band, a
 * reason, or `unknown`. Any other value stays as it is.
 */
struct slice word_value(enum language language, struct slice column, struct slice value);

/*
 * Appends the word for a value, as above, and in English with blanks for the _ of the program's own
 * values. Of a combination of sources, qichacha+tianyancha, it is the word for each.
 */
void word_append(enum language language, struct slice column, struct slice value,
                 struct buffer *out);

/* A phrase of reports, by its key in words.c; the key itself if there is none. */
const char *word_phrase(enum language language, const char *key);

/* Appends a phrase with its {0}, {1}, … replaced by `parts`, as many as it has. */
void phrase_append(enum language language, const char *key, const struct slice *parts,
                   struct buffer *out);

#endif
