#include "util/large.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void *large_alloc(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    if (bytes < HUGE_PAGE)
        return malloc(bytes);
    void *memory = NULL;
    if (posix_memalign(&memory, HUGE_PAGE, bytes) != 0)
        return NULL;
    madvise(memory, bytes, MADV_HUGEPAGE); /* a wish: small pages will do */
    return memory;
}

void *large_zeros(size_t count, size_t size)
{
    void *memory = large_alloc(count, size);
    if (memory)
        memset(memory, 0, count * size);
    return memory;
}
