/* opened.h: a registry, opened; it is made if it is not there. */
#ifndef CBEC_TESTS_OPENED_H
#define CBEC_TESTS_OPENED_H

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

#endif
