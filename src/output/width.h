/* width.h: text as it is shown to people: harmless to a terminal, and measured in columns. */
#ifndef CBEC_OUTPUT_WIDTH_H
#define CBEC_OUTPUT_WIDTH_H

#include "util/buffer.h"

/*
 * Appends `text` with everything made visible that a terminal would act on or not show at all:
 * control characters, line separators, format characters (zero width, direction marks) and
 * noncharacters as \n, \t, \x1b, \u202e or \uffff, bytes that are no UTF-8 as \xNN. Text that is
 * visible already stays as it is.
 */
void text_visible(struct slice text, struct buffer *out);

/* The columns of a terminal that `text` takes once visible; a Chinese character takes two. */
size_t text_width(struct slice text);

/*
 * Like text_visible, but no wider than `width`: what does not fit is cut off, with … in its place.
 * Returns the width of what was appended.
 */
size_t text_cut(struct slice text, size_t width, struct buffer *out);

/* True for a character that text_visible escapes. */
bool character_is_hidden(int codepoint);

#endif
