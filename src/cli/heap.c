/* The program's heap: one piece, in huge pages. */
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/cli.h"
#include "util/large.h"

/* Holds all small pieces of an import: SQLite's pages above all. */
#define HEAP_BYTES ((size_t)64 << 20)

/* Larger pieces come and go by themselves. */
#define LARGE_BYTES ((size_t)4 << 20)

/* More than there is room for at first. */
#define SOME_BYTES ((size_t)256 << 10)

/*
 * A command touches a thousand pages of 4 KiB before it has read a line, an import ten thousand;
 * and where the machine is a guest, each first touch of a page may take 20 µs. So the heap gets its
 * room at once, from the start of a huge page on. What is not used of it takes no memory.
 */
void prepare_heap(void)
{
    static void *volatile padding; /* up to that start, never given back */
    mallopt(M_TOP_PAD, (int)HEAP_BYTES);
    mallopt(M_TRIM_THRESHOLD, (int)(2 * HEAP_BYTES));
    mallopt(M_MMAP_THRESHOLD, (int)LARGE_BYTES);
    void *probe = malloc(SOME_BYTES);
    uintptr_t first = (uintptr_t)probe;
    uintptr_t start = (first + SOME_BYTES) / HUGE_PAGE * HUGE_PAGE + HUGE_PAGE;
    uintptr_t end = (uintptr_t)sbrk(0);
    free(probe);
    /* Another allocator than glibc's has its heap elsewhere. */
    if (!first || end < start || end - start > 2 * HEAP_BYTES)
        return;
    madvise((void *)start, end - start, MADV_HUGEPAGE); /* a wish */
    padding = malloc(start - first);
    (void)padding;
}
