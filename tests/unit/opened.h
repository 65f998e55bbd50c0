/* opened.h: a registry that is opened, or made if it is not there; and that is removed. */
#ifndef CBEC_TESTS_OPENED_H
#define CBEC_TESTS_OPENED_H

#include <stdio.h>
#include <unistd.h>

#include "cbec.h"
#include "suite.h"

static inline struct cbec_registry *open_registry(const char *path)
{
    struct cbec_registry *registry;
    struct cbec_error error;
    enum cbec_status status = cbec_open(path, CBEC_OPEN_CREATE, &registry, &error);
    ck_assert_msg(status == CBEC_OK, "%s", error.message);
    return registry;
}

static inline void remove_registry(const char *db)
{
    char path[100];
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, sizeof path, "%s%s", db, ends[i]);
        unlink(path);
    }
}

#endif
