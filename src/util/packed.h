/* packed.h: numbers in as few bytes as they need, the lowest one first. */
#ifndef CBEC_UTIL_PACKED_H
#define CBEC_UTIL_PACKED_H

#include <stdint.h>

static inline uint64_t packed_read(const unsigned char *at, int bytes)
{
    uint64_t number = 0;
    for (int i = bytes - 1; i >= 0; i--)
        number = number << 8 | at[i];
    return number;
}

/* Returns what lies behind the number. */
static inline unsigned char *packed_write(unsigned char *to, uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++, number >>= 8)
        *to++ = (unsigned char)number;
    return to;
}

#endif
