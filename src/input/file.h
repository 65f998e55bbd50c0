/* file.h: files that can be read from the start as often as needed. */
#ifndef CBEC_INPUT_FILE_H
#define CBEC_INPUT_FILE_H

#include "cbec.h"

/* Asked when a signal interrupts the wait for input; true ends it with CBEC_ERROR_CANCELLED. */
struct file_patience {
    bool (*is_over)(void *context);
    void *context;
};

/*
 * Opens `path` ("-": standard input) for reading. What cannot be read twice (a pipe) is first
 * copied to a temporary file without a name. `*size` is the number of bytes. `*file` is closed by
 * the caller.
 */
enum cbec_status file_open(const char *path, const struct file_patience *patience, int *file,
                           uint64_t *size, struct cbec_error *error);

/* A temporary file without a name, so that none is left behind whatever happens. */
enum cbec_status file_temporary(int *file, struct cbec_error *error);

/* Writes all of `size` bytes. */
enum cbec_status file_write(int file, const void *bytes, size_t size, struct cbec_error *error);

/*
 * Reads up to `size` bytes at `offset`; less only at the end of the file. `path` is for the
 * message. Negative on failure.
 */
ssize_t file_read(int file, const char *path, void *bytes, size_t size, uint64_t offset,
                  struct cbec_error *error);

#endif
