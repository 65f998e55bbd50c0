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

static enum cbec_status copy_stream(int from, const char *path, int *file, struct cbec_error *error)
{
    char bytes[65536];
    enum cbec_status status = file_temporary(file, error);
    while (status == CBEC_OK) {
        ssize_t got = read(from, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            status = error_system(error, "read", path);
        else if (got == 0)
            break;
        else
            status = file_write(*file, bytes, (size_t)got, error);
    }
    return status;
}

enum cbec_status file_open(const char *path, int *file, uint64_t *size, struct cbec_error *error)
{
    bool standard = strcmp(path, "-") == 0;
    struct stat about;
    enum cbec_status status = CBEC_OK;
    int opened = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    *file = -1;
    if (opened < 0 || fstat(opened, &about) != 0)
        status = error_system(error, "open", path);
    else if (S_ISDIR(about.st_mode))
        status = error_set(error, CBEC_ERROR_INPUT, "%s is a folder: name the files in it (%s/*)",
                           path, path);
    else if (S_ISREG(about.st_mode) && !standard)
        *file = opened;
    else
        status = copy_stream(opened, standard ? "standard input" : path, file, error);

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
