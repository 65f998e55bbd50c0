#include "input/xlsx_unpack.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

enum { PIECES = 4 };

struct piece {
    zip_int64_t length;
    char bytes[UNPACK_PIECE_BYTES + 1];
};

struct unpacking {
    struct member *part;
    struct piece pieces[PIECES]; /* used in turn */
    struct piece *given;         /* the one that the caller has; NULL: none yet */

    /* If there is a thread. */
    bool is_ahead;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    size_t full; /* pieces that are unpacked, with the one that the caller has */
    bool stopped;
};

struct unpacking *unpack_begin(struct member *part)
{
    struct unpacking *begun = malloc(sizeof *begun); /* nothing is read before it is unpacked */
    if (begun) {
        begun->part = part;
        begun->given = NULL;
        begun->is_ahead = false;
    }
    return begun;
}

static void unpack(struct unpacking *unpacking, struct piece *piece)
{
    piece->length = member_read(unpacking->part, piece->bytes, UNPACK_PIECE_BYTES);
}

static struct piece *piece_behind(struct unpacking *unpacking, const struct piece *piece)
{
    size_t place = piece ? (size_t)(piece + 1 - unpacking->pieces) : 0;
    return &unpacking->pieces[place % PIECES];
}

/* Waits for a piece to be free. False if no more is wanted. */
static bool wait_for_room(struct unpacking *unpacking)
{
    pthread_mutex_lock(&unpacking->mutex);
    while (unpacking->full == PIECES && !unpacking->stopped)
        pthread_cond_wait(&unpacking->changed, &unpacking->mutex);
    bool goes_on = !unpacking->stopped;
    pthread_mutex_unlock(&unpacking->mutex);
    return goes_on;
}

static void *unpack_all(void *context)
{
    struct unpacking *unpacking = context;
    struct piece *piece = NULL;
    while ((!piece || piece->length > 0) && wait_for_room(unpacking)) {
        piece = piece_behind(unpacking, piece);
        unpack(unpacking, piece);
        pthread_mutex_lock(&unpacking->mutex);
        unpacking->full++;
        pthread_cond_signal(&unpacking->changed);
        pthread_mutex_unlock(&unpacking->mutex);
    }
    return NULL;
}

void unpack_ahead(struct unpacking *unpacking)
{
    unpacking->full = 0;
    unpacking->stopped = false;
    pthread_mutex_init(&unpacking->mutex, NULL);
    pthread_cond_init(&unpacking->changed, NULL);
    unpacking->is_ahead = pthread_create(&unpacking->thread, NULL, unpack_all, unpacking) == 0;
    if (!unpacking->is_ahead) {
        pthread_cond_destroy(&unpacking->changed);
        pthread_mutex_destroy(&unpacking->mutex);
    }
}

zip_int64_t unpack_next(struct unpacking *unpacking, char **piece)
{
    struct piece *next = piece_behind(unpacking, unpacking->given);
    if (unpacking->is_ahead) {
        pthread_mutex_lock(&unpacking->mutex);
        if (unpacking->given) {
            unpacking->full--;
            pthread_cond_signal(&unpacking->changed);
        }
        while (unpacking->full == 0)
            pthread_cond_wait(&unpacking->changed, &unpacking->mutex);
        pthread_mutex_unlock(&unpacking->mutex);
    } else {
        unpack(unpacking, next);
    }
    unpacking->given = next;
    *piece = next->bytes;
    return next->length;
}

const char *unpack_failure(struct unpacking *unpacking)
{
    return member_failure(unpacking->part);
}

void unpack_end(struct unpacking *unpacking)
{
    if (!unpacking)
        return;
    if (unpacking->is_ahead) {
        pthread_mutex_lock(&unpacking->mutex);
        unpacking->stopped = true;
        pthread_cond_signal(&unpacking->changed);
        pthread_mutex_unlock(&unpacking->mutex);
        pthread_join(unpacking->thread, NULL);
        pthread_cond_destroy(&unpacking->changed);
        pthread_mutex_destroy(&unpacking->mutex);
    }
    member_close(unpacking->part);
    free(unpacking);
}
