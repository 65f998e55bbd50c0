/* large.h: memory for arrays of millions of items. */
#ifndef CBEC_UTIL_LARGE_H
#define CBEC_UTIL_LARGE_H

#include <stddef.h>

#define HUGE_PAGE ((size_t)2 << 20)

/*
 * Like malloc and calloc, to be given back with free. What is large comes in huge pages where the
 * system has them: the first touch of a page then costs as much for megabytes as for 4 KiB, and
 * what is read here and there is found without a walk through tables of pages. Zeros take memory
 * at once.
 */
void *large_alloc(size_t count, size_t size);
void *large_zeros(size_t count, size_t size);

#endif
