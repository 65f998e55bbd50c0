/* draw.h: numbers that look random, the same in every run. */
#ifndef CBEC_TESTS_DRAW_H
#define CBEC_TESTS_DRAW_H

#include <stdint.h>

static inline uint64_t draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return *state >> 33;
}

#endif
