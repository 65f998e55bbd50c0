#include "registry/write_behind.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* So much is written at a time. */
#define PIECE_BYTES ((int64_t)16 << 20)

static void *write_pieces(void *context)
{
    struct write_behind *behind = context;
    pthread_mutex_lock(&behind->mutex);
    while (!behind->ending) {
        if (!behind->wanted) {
            pthread_cond_wait(&behind->changed, &behind->mutex);
            continue;
        }
        pthread_mutex_unlock(&behind->mutex);
        fdatasync(behind->log);
        pthread_mutex_lock(&behind->mutex);
        behind->wanted = false;
    }
    pthread_mutex_unlock(&behind->mutex);
    return NULL;
}

/* -1 if there is none. SQLite has no locks on it, which would be lost when it is closed. */
static int open_log(const struct cbec_registry *registry)
{
    char *path;
    if (registry->making || asprintf(&path, "%s-wal", registry->path) < 0)
        return -1;
    int log = open(path, O_RDONLY | O_CLOEXEC);
    free(path);
    return log;
}

void write_behind_open(struct write_behind *behind, const struct cbec_registry *registry)
{
    *behind = (struct write_behind){.log = open_log(registry)};
    if (behind->log < 0)
        return;
    pthread_mutex_init(&behind->mutex, NULL);
    pthread_cond_init(&behind->changed, NULL);
    if (pthread_create(&behind->thread, NULL, write_pieces, behind) != 0) {
        close(behind->log);
        behind->log = -1;
    }
}

static void tell(struct write_behind *behind, bool ending)
{
    pthread_mutex_lock(&behind->mutex);
    behind->wanted = true;
    behind->ending = ending;
    pthread_cond_signal(&behind->changed);
    pthread_mutex_unlock(&behind->mutex);
}

void write_behind_step(struct write_behind *behind)
{
    struct stat about;
    if (behind->log < 0 || fstat(behind->log, &about) != 0 ||
        about.st_size - behind->seen < PIECE_BYTES)
        return;
    behind->seen = about.st_size;
    tell(behind, false);
}

void write_behind_close(struct write_behind *behind)
{
    if (behind->log < 0)
        return;
    tell(behind, true);
    pthread_join(behind->thread, NULL);
    pthread_cond_destroy(&behind->changed);
    pthread_mutex_destroy(&behind->mutex);
    close(behind->log);
    behind->log = -1;
}
