/* error.h: filling in the caller's struct cbec_error. */
#ifndef CBEC_UTIL_ERROR_H
#define CBEC_UTIL_ERROR_H

#include "cbec.h"

/*
 * Fills `error` (which may be NULL) and returns `status`. The first place that knows what is wrong
 * calls it, those above pass the status on.
 */
enum cbec_status error_set(struct cbec_error *error, enum cbec_status status, const char *format,
                           ...) __attribute__((format(printf, 3, 4)));

enum cbec_status error_no_memory(struct cbec_error *error);

/* "cannot <what> <path>: <the text of errno>": a failed system call. */
enum cbec_status error_system(struct cbec_error *error, const char *what, const char *path);

#endif
