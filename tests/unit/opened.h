/* opened.h: a registry that is opened, or made if it is not there; that is filled, and removed. */
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

/* Makes a registry of one enterprise, out of a file that is left. */
static inline void fill_registry(const char *db, const char *csv)
{
    FILE *file = fopen(csv, "w");
    ck_assert_ptr_nonnull(file);
    fputs("企业名称,成立日期\n甲公司,2024-01-01\n", file);
    fclose(file);
    const struct cbec_import_options options = {.source = "a", .data_date = "2024-06-30"};
    struct cbec_registry *registry = open_registry(db);
    ck_assert_int_eq(cbec_import(registry, csv, &options, NULL), CBEC_OK);
    cbec_close(registry);
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
