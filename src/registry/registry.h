/* registry.h: an open registry, as the parts of the library see it. */
#ifndef CBEC_REGISTRY_REGISTRY_H
#define CBEC_REGISTRY_REGISTRY_H

#include <sqlite3.h>
#include <sys/stat.h>

#include "cbec.h"

/* "cbec", in the database header's application id. */
#define APPLICATION_ID 0x63626563

struct cbec_registry {
    sqlite3 *db;
    char *path;    /* as the user gave it; NULL: in memory */
    char *file;    /* where that leads to, from the root: no name that means something to SQLite */
    bool as_it_is; /* it is read without locks and log, */
    struct stat was; /* as long as it has this size and age */
    bool (*on_wait)(void *context, unsigned times);
    void *wait_context;
    bool (*on_progress)(void *context, uint64_t done, uint64_t total);
    void *progress_context;
    uint64_t done; /* of a piece of work that knows how much it is */
    uint64_t total;
    uint64_t looks;  /* so often counts were not enough, and all enterprises were looked at */
    bool has_result; /* an answer is being read, which depends on the question put down */
    bool gave_up_waiting;
    bool opening;
    bool waits_for_nobody; /* who holds it */
    /*
     * The file is not there yet: it is made together with what is first committed to it, so that a
     * failure leaves none. Until then an empty registry in memory stands for it.
     */
    bool unmade;
    bool making;  /* inside the transaction that makes it */
    bool created; /* … and that has made the file: nothing was ever committed to it */
};

/* Whether the file of a registry that is read as it is has become another one: what was read since
 * it was opened may be of both. */
bool registry_has_changed(const struct cbec_registry *registry);

/* An empty registry in memory. */
enum cbec_status registry_open_memory(struct cbec_registry **registry, struct cbec_error *error);

/*
 * Begins a transaction that writes, waiting for another one to end. Makes the file if it is not
 * there yet.
 */
enum cbec_status registry_begin(struct cbec_registry *registry, struct cbec_error *error);
enum cbec_status registry_commit(struct cbec_registry *registry, struct cbec_error *error);

/* Takes back what was done since registry_begin; does nothing outside a transaction. */
void registry_rollback(struct cbec_registry *registry);

#endif
