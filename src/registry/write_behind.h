/* write_behind.h: having a transaction's log written to disk while it still grows. */
#ifndef CBEC_REGISTRY_WRITE_BEHIND_H
#define CBEC_REGISTRY_WRITE_BEHIND_H

#include <pthread.h>

#include "registry/registry.h"

struct write_behind {
    int log;      /* -1: there is none */
    int64_t next; /* when it is to be written again, in milliseconds */
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool wanted; /* there is more to write */
    bool ending;
};

/*
 * To be called inside a transaction. Nothing depends on what is done here: the commit writes what
 * is not written, and sees errors of writing all the same, since it has the log open itself.
 */
void write_behind_open(struct write_behind *behind, const struct cbec_registry *registry);

/* Has the log written, in a thread of its own, some times a second. To be called often, by one
 * thread at a time. */
void write_behind_step(struct write_behind *behind);

void write_behind_close(struct write_behind *behind);

#endif
