/* text.h: what is done to the text of a cell before anything else looks at it. UTF-8 throughout. */
#ifndef CBEC_RECORD_TEXT_H
#define CBEC_RECORD_TEXT_H

#include "util/buffer.h"
#include "util/utf8.h"

/*
 * The content of a cell without what vendors wrap around it: white space at both ends (U+3000,
 * U+00A0 and U+FEFF included), the wrapper ="…", a leading apostrophe. Points into `cell`.
 */
struct slice text_clean(struct slice cell);

/* Without white space of every kind at one end: such as text_clean takes away. */
struct slice text_trim_start(struct slice text);
struct slice text_trim_end(struct slice text);

/*
 * True if a cleaned cell says nothing: empty, or as a whole one of the markers that vendors write
 * for "no value" (runs of dashes, slashes or stars, 无, 暂无, 未知, null, N/A …; width and case
 * folded).
 */
bool text_is_missing(struct slice text);

/* What a cell says, cleaned; .at is NULL if it says nothing. */
struct slice text_value(struct slice cell);

enum text_fold {
    TEXT_FOLD_CASE = 1,    /* case folded (lower case) */
    TEXT_DROP_SPACE = 2,   /* white space of every kind, U+FEFF included, is left out */
    TEXT_SAME_BRACKETS = 4 /* every kind of bracket becomes ( or ) */
};

/*
 * Appends `text` to `out` in the form NFKC (Unicode Standard Annex 15), so that full-width and
 * half-width forms are the same, with what `fold` (a set of enum text_fold) asks for. Bytes that
 * are no UTF-8 come out as U+FFFD.
 */
void text_fold(struct slice text, unsigned fold, struct buffer *out);

/*
 * The same for one character, that at the start: its form if that is told without tables and is no
 * matter of its neighbours, as it is for ASCII, its full-width forms, ideographs and the marks of
 * Chinese text; -1 for all others. A form beyond ASCII is the character itself. `*length`: of the
 * character, in bytes.
 */
int32_t text_known_form(struct slice text, size_t *length);

/* Whether eight bytes begin with two ideographs of U+4000 to U+9FFF, as nearly all are: both are
 * their own form. */
static inline bool text_two_ideographs(const char *eight)
{
    const unsigned char *at = (const unsigned char *)eight;
    return utf8_two_of_three(at) & (at[0] - 0xe4u <= 0xe9 - 0xe4) & (at[3] - 0xe4u <= 0xe9 - 0xe4);
}

/* True if the text holds U+FFFD, the mark of characters lost in an earlier conversion. */
bool text_has_replacement(struct slice text);

#endif
