#include "util/utf8.h"

#include <endian.h>

/* The form of a character by its first byte: how long it is, and what its second byte may be. */
struct form {
    unsigned char first_low, first_high;
    unsigned char length;
    unsigned char second_low, second_high;
};

/* RFC 3629, section 4. The commonest in Chinese text stands first. */
static const struct form forms[] = {
    {0xe1, 0xec, 3, 0x80, 0xbf}, {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xee, 0xef, 3, 0x80, 0xbf},
    {0xe0, 0xe0, 3, 0xa0, 0xbf}, {0xed, 0xed, 3, 0x80, 0x9f}, {0xf0, 0xf0, 4, 0x90, 0xbf},
    {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

static const struct form *form_of(unsigned char first)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (first >= forms[i].first_low && first <= forms[i].first_high)
            return &forms[i];
    return NULL;
}

/* A byte eight times. */
#define EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

static uint64_t eight_at(const unsigned char *at)
{
    uint64_t eight;
    memcpy(&eight, at, 8);
    return eight;
}

/* How many of eight bytes are ASCII before the first that is not. */
static int ascii_among_eight(const unsigned char *at)
{
    uint64_t others = le64toh(eight_at(at)) & EIGHT(0x80);
    return others ? __builtin_ctzll(others) / 8 : 8;
}

/* Whether one of eight bytes is this one. */
static bool has_byte(uint64_t eight, unsigned char byte)
{
    uint64_t others = eight ^ EIGHT(byte);
    return ((others - EIGHT(1)) & ~others & EIGHT(0x80)) != 0;
}

/* Two characters whose first bytes set no limit for the second. */
static bool are_two_of_three(const unsigned char *at)
{
    return utf8_two_of_three(at) && at[0] != 0xe0 && at[0] != 0xed && at[3] != 0xe0 &&
           at[3] != 0xed;
}

/*
 * Eight of them, looked at in three steps: the upper bits of each byte. No two steps have first
 * bytes at the same places, so that these can be put together to be told from e0 and ed.
 */
static bool are_eight_of_three(const unsigned char *at)
{
    static const unsigned char firsts[3][8] = {{0xff, 0, 0, 0xff, 0, 0, 0xff, 0},
                                               {0, 0xff, 0, 0, 0xff, 0, 0, 0xff},
                                               {0, 0, 0xff, 0, 0, 0xff, 0, 0}};
    uint64_t first = 0;
    for (int i = 0; i < 3; i++) {
        uint64_t bytes = eight_at(at + 8 * i), is_first = eight_at(firsts[i]);
        uint64_t mask = (is_first & EIGHT(0xf0)) | (~is_first & EIGHT(0xc0));
        uint64_t mark = (is_first & EIGHT(0xe0)) | (~is_first & EIGHT(0x80));
        if ((bytes & mask) != mark)
            return false;
        first |= bytes & is_first;
    }
    return !has_byte(first, 0xe0) && !has_byte(first, 0xed);
}

size_t utf8_valid_prefix(struct slice text, bool *cut)
{
    const unsigned char *at = (const unsigned char *)text.at;
    const unsigned char *end = at + text.length;
    *cut = false;
    while (at < end) {
        if (*at < 0x80) {
            at += end - at >= 8 ? ascii_among_eight(at) : 1;
            continue;
        }
        if (end - at >= 24 && are_eight_of_three(at)) {
            at += 24;
            continue;
        }
        if (end - at >= 8 && are_two_of_three(at)) {
            at += 6;
            continue;
        }
        /* Nearly all of Chinese: three bytes, whose second and third have no limits of their own.
         */
        if (end - at >= 3 && *at >= 0xe1 && *at <= 0xec && (at[1] & 0xc0) == 0x80 &&
            (at[2] & 0xc0) == 0x80) {
            at += 3;
            continue;
        }
        const struct form *form = form_of(*at);
        if (!form)
            break;
        size_t have = (size_t)(end - at);
        if (have > 1 && (at[1] < form->second_low || at[1] > form->second_high))
            break;
        if ((have > 2 && form->length > 2 && (at[2] & 0xc0) != 0x80) ||
            (have > 3 && form->length > 3 && (at[3] & 0xc0) != 0x80))
            break;
        if (have < form->length) {
            *cut = true;
            break;
        }
        at += form->length;
    }
    return (size_t)(at - (const unsigned char *)text.at);
}
