#include "registry/forget.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files that a process has open at once, for the most part. */
#define DESCRIPTORS 1024

/*
 * The descriptor by which this process has a file open, or -1. One of our own would not do: when it
 * is closed, the process loses its locks on the file (POSIX). If another thread closes it meanwhile
 * the advice goes to another file, or to none.
 */
static int descriptor_of(const char *path)
{
    struct stat wanted, about;
    if (stat(path, &wanted) != 0)
        return -1;
    for (int file = 0; file < DESCRIPTORS; file++)
        if (fstat(file, &about) == 0 && about.st_dev == wanted.st_dev &&
            about.st_ino == wanted.st_ino)
            return file;
    return -1;
}

static void forget(const char *path, int64_t offset, int64_t bytes)
{
    int file = descriptor_of(path);
    if (file >= 0)
        posix_fadvise(file, offset, bytes, POSIX_FADV_DONTNEED);
}

/* ---- A log -------------------------------------------------------------------------------------
 */

#define STRETCH_PAGES 32

/* Each page has a head of its own: https://www.sqlite.org/walformat.html, section 1.2 */
#define PAGE_HEAD_BYTES 24

static bool has_stretch(struct forgetting_log *forgetting, size_t stretch)
{
    if (stretch < forgetting->stretches)
        return true;
    size_t stretches = 2 * stretch + 64;
    unsigned char *pages_read = realloc(forgetting->pages_read, stretches);
    if (!pages_read)
        return false;
    memset(pages_read + forgetting->stretches, 0, stretches - forgetting->stretches);
    *forgetting = (struct forgetting_log){pages_read, stretches};
    return true;
}

void forget_read_page(struct forgetting_log *forgetting, const char *path, int page_bytes,
                      int64_t offset)
{
    int64_t bytes = (int64_t)STRETCH_PAGES * (PAGE_HEAD_BYTES + page_bytes);
    size_t stretch = (size_t)(offset / bytes);
    if (has_stretch(forgetting, stretch) && ++forgetting->pages_read[stretch] == STRETCH_PAGES)
        forget(path, (int64_t)stretch * bytes, bytes);
}

void forgetting_log_end(struct forgetting_log *forgetting)
{
    free(forgetting->pages_read);
    *forgetting = (struct forgetting_log){.stretches = 0};
}

/* ---- A file ------------------------------------------------------------------------------------
 */

/* So much is forgotten at a time. */
#define AT_ONCE_BYTES ((int64_t)16 << 20)

void forget_beginning(struct forgetting_file *forgetting, const char *path, int64_t end)
{
    int64_t bytes = end - forgetting->kept - forgetting->forgotten;
    if (bytes < AT_ONCE_BYTES || forgetting->asked_again > forgetting->forgotten / 2)
        return;
    forget(path, forgetting->forgotten, bytes);
    forgetting->forgotten += bytes;
}

void forget_less(struct forgetting_file *forgetting, int bytes, int64_t offset)
{
    if (offset < forgetting->forgotten)
        forgetting->asked_again += bytes;
}
