/* slice.h: a piece of text that somebody else owns. Not terminated; may hold any byte. */
#ifndef CBEC_UTIL_SLICE_H
#define CBEC_UTIL_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *at;
    size_t length;
};

/* A slice of a string literal. */
#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

static inline struct slice slice_of(const char *string)
{
    return (struct slice){string, string ? strlen(string) : 0};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

/* Most texts differ from what is asked for in the byte that is looked at first. */
static inline bool slice_starts_with(struct slice text, struct slice prefix)
{
    return text.length >= prefix.length &&
           (prefix.length == 0 ||
            (text.at[0] == prefix.at[0] && memcmp(text.at, prefix.at, prefix.length) == 0));
}

static inline bool slice_ends_with(struct slice text, struct slice suffix)
{
    return text.length >= suffix.length &&
           (suffix.length == 0 ||
            (text.at[text.length - 1] == suffix.at[suffix.length - 1] &&
             memcmp(text.at + text.length - suffix.length, suffix.at, suffix.length) == 0));
}

/* The text from byte `from` on; `from` is at most the length. */
static inline struct slice slice_from(struct slice text, size_t from)
{
    return (struct slice){text.at + from, text.length - from};
}

/* Where `needle` begins in `text`, NULL if it does not occur. */
static inline const char *slice_find(struct slice text, struct slice needle)
{
    return memmem(text.at, text.length, needle.at, needle.length);
}

#endif
