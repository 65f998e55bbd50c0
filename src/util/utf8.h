/* utf8.h: whether bytes are UTF-8, at the speed of reading them. */
#ifndef CBEC_UTIL_UTF8_H
#define CBEC_UTIL_UTF8_H

#include <stdint.h>

#include "util/slice.h"

/*
 * The length of the longest prefix of `text` that is whole, well-formed UTF-8 (RFC 3629: no
 * surrogates, no overlong forms, nothing past U+10FFFF). `*cut` is set if what follows could be the
 * beginning of a character that continues behind the text.
 */
size_t utf8_valid_prefix(struct slice text, bool *cut);

/*
 * Whether the first six of these eight bytes have the form of two characters of three bytes, as
 * nearly all of Chinese is, looked at in one step: the upper bits of each. First bytes that set a
 * limit for the second, e0 and ed, are not told from others.
 */
static inline bool utf8_two_of_three(const unsigned char *at)
{
    static const unsigned char masks[8] = {0xf0, 0xc0, 0xc0, 0xf0, 0xc0, 0xc0, 0, 0};
    static const unsigned char marks[8] = {0xe0, 0x80, 0x80, 0xe0, 0x80, 0x80, 0, 0};
    uint64_t bytes, mask, mark;
    memcpy(&bytes, at, 8);
    memcpy(&mask, masks, 8);
    memcpy(&mark, marks, 8);
    return (bytes & mask) == mark;
}

#endif
