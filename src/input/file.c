#include "input/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/error.h"

enum cbec_status file_temporary(int *file, struct cbec_error *error)
{
    /* /var/tmp before /tmp: it lies on a disk, where /tmp may be memory. */
    const char *const folders[] = {getenv("TMPDIR"), "/var/tmp", "/tmp"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (!folders[i] || !*folders[i])
            continue;
        *file = open(folders[i], O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        if (*file >= 0)
            return CBEC_OK;
    }
    *file = memfd_create("cbec", MFD_CLOEXEC);
    return *file >= 0 ? CBEC_OK : error_system(error, "make", "a temporary file");
}

enum cbec_status file_write(int file, const void *bytes, size_t size, struct cbec_error *error)
{
    const char *at = bytes;
    while (size > 0) {
        ssize_t written = write(file, at, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return error_system(error, "write", "a temporary file");
        at += written;
        size -= (size_t)written;
    }
    return CBEC_OK;
}

ssize_t file_read(int file, const char *path, void *bytes, size_t size, uint64_t offset,
                  struct cbec_error *error)
{
    size_t have = 0;
    while (have < size) {
        ssize_t got = pread(file, (char *)bytes + have, size - have, (off_t)(offset + have));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            error_system(error, "read", path);
            return -1;
        }
        if (got == 0)
            break;
        have += (size_t)got;
    }
    return (ssize_t)have;
}

static enum cbec_status interrupted(const struct file_patience *patience, const char *path,
                                    struct cbec_error *error)
{
    if (!patience->is_over(patience->context))
        return CBEC_OK;
    return error_set(error, CBEC_ERROR_CANCELLED, "%s: stopped; nothing of it is taken in", path);
}

static enum cbec_status copy_stream(int from, const char *path,
                                    const struct file_patience *patience, int *file,
                                    struct cbec_error *error)
{
    char bytes[65536];
    enum cbec_status status = file_temporary(file, error);
    while (status == CBEC_OK) {
        ssize_t got = read(from, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            status = interrupted(patience, path, error);
        else if (got < 0)
            status = error_system(error, "read", path);
        else if (got == 0)
            break;
        else
            status = file_write(*file, bytes, (size_t)got, error);
    }
    return status;
}

static enum cbec_status cannot_open(const char *path, struct cbec_error *error)
{
    char text[256];
    return error_set(error, CBEC_ERROR_INPUT, "cannot open %s: %s", path,
                     strerror_r(errno, text, sizeof text));
}

/* Opening a FIFO waits for somebody who writes to it. */
static enum cbec_status open_path(const char *path, const struct file_patience *patience,
                                  int *opened, struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    do
        *opened = open(path, O_RDONLY | O_CLOEXEC);
    while (*opened < 0 && errno == EINTR &&
           (status = interrupted(patience, path, error)) == CBEC_OK);
    return status;
}

enum cbec_status file_open(const char *path, const struct file_patience *patience, int *file,
                           uint64_t *size, struct cbec_error *error)
{
    bool standard = strcmp(path, "-") == 0;
    struct stat about;
    enum cbec_status status = CBEC_OK;
    int opened = STDIN_FILENO;
    *file = -1;
    *size = 0;
    if (!standard)
        status = open_path(path, patience, &opened, error);
    if (status != CBEC_OK)
        return status;
    if (opened < 0 || fstat(opened, &about) != 0)
        status = cannot_open(path, error);
    else if (S_ISDIR(about.st_mode))
        status = error_set(error, CBEC_ERROR_INPUT, "%s is a folder: name the files in it (%s/*)",
                           path, path);
    else if (S_ISREG(about.st_mode) && !standard)
        *file = opened;
    else
        status = copy_stream(opened, standard ? "standard input" : path, patience, file, error);

    if (opened >= 0 && !standard && opened != *file)
        close(opened);
    if (status == CBEC_OK && fstat(*file, &about) != 0)
        status = error_system(error, "read", path);
    if (status != CBEC_OK && *file >= 0) {
        close(*file);
        *file = -1;
    }
    *size = status == CBEC_OK ? (uint64_t)about.st_size : 0;
    return status;
}
