#include "registry/write_behind.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

/* Milliseconds from one time to the next: some 20 MB come together meanwhile. */
#define PAUSE 100

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void *write_pieces(void *context)
{
    struct write_behind *behind = context;
    pthread_mutex_lock(&behind->mutex);
    while (!behind->ending) {
        if (!behind->wanted) {
            pthread_cond_wait(&behind->changed, &behind->mutex);
            continue;
        }
        behind->wanted = false;
        pthread_mutex_unlock(&behind->mutex);
        fdatasync(behind->log);
        pthread_mutex_lock(&behind->mutex);
    }
    pthread_mutex_unlock(&behind->mutex);
    return NULL;
}

/* -1 if there is none. SQLite has no locks on it, which would be lost when it is closed. */
static int open_log(const struct cbec_registry *registry)
{
    const char *file = sqlite3_db_filename(registry->db, "main");
    if (registry->making || !file || !*file)
        return -1;
    return open(sqlite3_filename_wal(file), O_RDONLY | O_CLOEXEC);
}

void write_behind_open(struct write_behind *behind, const struct cbec_registry *registry)
{
    *behind = (struct write_behind){.log = open_log(registry), .next = now() + PAUSE};
    if (behind->log < 0)
        return;
    pthread_mutex_init(&behind->mutex, NULL);
    pthread_cond_init(&behind->changed, NULL);
    if (pthread_create(&behind->thread, NULL, write_pieces, behind) != 0) {
        close(behind->log);
        behind->log = -1;
    }
}

static void tell(struct write_behind *behind, bool *what)
{
    pthread_mutex_lock(&behind->mutex);
    *what = true;
    pthread_cond_signal(&behind->changed);
    pthread_mutex_unlock(&behind->mutex);
}

void write_behind_step(struct write_behind *behind)
{
    if (behind->log < 0 || now() < behind->next)
        return;
    behind->next = now() + PAUSE;
    tell(behind, &behind->wanted);
}

void write_behind_close(struct write_behind *behind)
{
    if (behind->log < 0)
        return;
    tell(behind, &behind->ending);
    pthread_join(behind->thread, NULL);
    pthread_cond_destroy(&behind->changed);
    pthread_mutex_destroy(&behind->mutex);
    close(behind->log);
    behind->log = -1;
}
