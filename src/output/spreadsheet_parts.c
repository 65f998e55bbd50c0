#include "output/spreadsheet_writing.h"

#include <errno.h>
#include <stdlib.h>

struct part {
    struct buffer bytes;
    size_t at;
};

static _Thread_local bool failed;
static _Thread_local bool any_made;

static ssize_t part_read(void *cookie, char *bytes, size_t size)
{
    struct part *part = cookie;
    size_t left = part->at < part->bytes.length ? part->bytes.length - part->at : 0;
    size_t count = size < left ? size : left;
    if (count > 0)
        memcpy(bytes, part->bytes.data + part->at, count);
    part->at += count;
    return (ssize_t)count;
}

/* Parts are written from beginning to end, then read; so all that is written goes to the end. */
static ssize_t part_write(void *cookie, const char *bytes, size_t size)
{
    struct part *part = cookie;
    buffer_append(&part->bytes, (struct slice){bytes, size});
    part->at = part->bytes.length;
    failed |= part->bytes.failed;
    return part->bytes.failed ? 0 : (ssize_t)size;
}

static int part_seek(void *cookie, off64_t *offset, int from)
{
    struct part *part = cookie;
    off64_t start =
        from == SEEK_SET ? 0 : (off64_t)(from == SEEK_CUR ? part->at : part->bytes.length);
    if (start + *offset < 0)
        return -1;
    *offset += start;
    part->at = (size_t)*offset;
    return 0;
}

static int part_close(void *cookie)
{
    struct part *part = cookie;
    buffer_free(&part->bytes);
    free(part);
    return 0;
}

/* libxlsxwriter's own function is meant to be replaced by one like this, "if required for safety or
 * portability". It must be seen by the shared library, therefore. */
__attribute__((visibility("default"))) FILE *lxw_tmpfile(char *folder);

FILE *lxw_tmpfile(char *folder)
{
    static const cookie_io_functions_t functions = {part_read, part_write, part_seek, part_close};
    (void)folder;
    any_made = true;
    struct part *part = calloc(1, sizeof *part);
    FILE *file = part ? fopencookie(part, "w+", functions) : NULL;
    if (!file)
        free(part);
    return file;
}

void parts_begin(void)
{
    failed = any_made = false;
}

int parts_failure(void)
{
    return failed ? ENOMEM : any_made ? 0 : ELIBACC;
}
