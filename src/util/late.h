/*
 * late.h: shared libraries that are loaded when they are first needed.
 *
 * Most commands need neither archives nor workbooks, and answer in less time than it takes to load
 * what reads and writes these. How such a library is called is made by late.cmake, in late/NAME.h:
 * its functions by their own names, and NAME_failure(), to be asked before the first of them.
 */
#ifndef CBEC_UTIL_LATE_H
#define CBEC_UTIL_LATE_H

#include <pthread.h>
#include <stddef.h>

struct late_library {
    const char *file;
    const char *const *names; /* of functions */
    void *functions;          /* pointers to them, in this order, once it is loaded */
    size_t count;
    pthread_mutex_t mutex;
    void *handle;
    char failure[256];
};

/* Loads a library if that has not been done. NULL, or why it cannot be had. */
const char *late_load(struct late_library *library);

#endif
