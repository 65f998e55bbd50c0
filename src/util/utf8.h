/* utf8.h: whether bytes are UTF-8, at the speed of reading them. */
#ifndef CBEC_UTIL_UTF8_H
#define CBEC_UTIL_UTF8_H

#include "util/slice.h"

/*
 * The length of the longest prefix of `text` that is whole, well-formed UTF-8 (RFC 3629: no
 * surrogates, no overlong forms, nothing past U+10FFFF). `*cut` is set if what follows could be the
 * beginning of a character that continues behind the text.
 */
size_t utf8_valid_prefix(struct slice text, bool *cut);

#endif
