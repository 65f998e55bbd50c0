#include "registry/files.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "registry/forget.h"

/* So much is written before the disk is to begin with it: less is not worth a thread. */
#define PIECE_BYTES ((int64_t)16 << 20)

/*
 * A file of the registry or its log. It lies behind SQLite's own file, in the same memory: whatever
 * is not done here SQLite does, with the same pointer.
 */
struct watched {
    const sqlite3_io_methods *sqlite; /* SQLite's own methods */
    sqlite3_io_methods methods;       /* the same, but for those of this file */
    sqlite3_file *file;
    const char *name;
    struct watched *registry; /* whose log it is; NULL: it is the registry */
    bool takes_over;          /* pages of the log are being copied to the registry */
    bool appends;             /* holds the lock of those who write to the log */
    bool is_held_up;          /* somebody reads the registry as it was before the log's end */
    struct forgetting_log forgetting_log;
    struct forgetting_file forgetting_file;
    int64_t unwritten; /* bytes, since the disk was last told */

    /* Has the file written, with SQLite's own function: that and xWrite share nothing but the
     * number of the last error. What follows it shares with who writes. */
    bool has_thread;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool wanted; /* there is more to write */
    bool busy;
    bool ending;
    int failure; /* of the thread, which the next sync reports */
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sqlite3_vfs vfs;
static sqlite3_vfs *sqlite_vfs;

static size_t room_for_sqlite(void)
{
    size_t unit = _Alignof(struct watched);
    return ((size_t)sqlite_vfs->szOsFile + unit - 1) / unit * unit;
}

static struct watched *watched_of(sqlite3_file *file)
{
    return (struct watched *)(void *)((char *)file + room_for_sqlite());
}

bool files_are_full(int reason)
{
    return reason == EFBIG || reason == ENOSPC || reason == EDQUOT;
}

/* ---- Writing behind ----------------------------------------------------------------------------
 */

static void *write_pieces(void *context)
{
    struct watched *watched = context;
    pthread_mutex_lock(&watched->mutex);
    while (!watched->ending) {
        if (!watched->wanted) {
            pthread_cond_wait(&watched->changed, &watched->mutex);
            continue;
        }
        watched->wanted = false;
        watched->busy = true;
        pthread_mutex_unlock(&watched->mutex);
        int result =
            watched->sqlite->xSync(watched->file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
        pthread_mutex_lock(&watched->mutex);
        watched->busy = false;
        if (result != SQLITE_OK)
            watched->failure = result;
        pthread_cond_broadcast(&watched->changed);
    }
    pthread_mutex_unlock(&watched->mutex);
    return NULL;
}

static void tell(struct watched *watched, bool *what)
{
    pthread_mutex_lock(&watched->mutex);
    *what = true;
    pthread_cond_broadcast(&watched->changed);
    pthread_mutex_unlock(&watched->mutex);
}

static void destroy(struct watched *watched)
{
    pthread_cond_destroy(&watched->changed);
    pthread_mutex_destroy(&watched->mutex);
}

/* Without a thread the commit writes everything, as it would anyway. */
static bool start_thread(struct watched *watched)
{
    pthread_mutex_init(&watched->mutex, NULL);
    pthread_cond_init(&watched->changed, NULL);
    watched->has_thread = pthread_create(&watched->thread, NULL, write_pieces, watched) == 0;
    if (!watched->has_thread)
        destroy(watched);
    return watched->has_thread;
}

static void end_thread(struct watched *watched)
{
    if (!watched->has_thread)
        return;
    tell(watched, &watched->ending);
    pthread_join(watched->thread, NULL);
    destroy(watched);
    watched->has_thread = false;
}

/* What was not asked of the thread yet is not, and what it does is waited for. */
static void stop_writing(struct watched *watched)
{
    watched->unwritten = 0;
    if (!watched->has_thread)
        return;
    pthread_mutex_lock(&watched->mutex);
    watched->wanted = false;
    while (watched->busy)
        pthread_cond_wait(&watched->changed, &watched->mutex);
    pthread_mutex_unlock(&watched->mutex);
}

/* The system tells of a failure only once: to the thread, whose it then is no longer. */
static int take_failure(struct watched *watched)
{
    int failure = watched->failure;
    watched->failure = SQLITE_OK;
    return failure;
}

static void write_behind(struct watched *watched)
{
    watched->unwritten = 0;
    if (watched->has_thread || start_thread(watched))
        tell(watched, &watched->wanted);
}

/*
 * SQLite does not sync the registry after it has taken over a part of the log only, and nobody
 * would be told of a failure of the thread. It takes over the whole unless somebody reads what was
 * before, or adds to the log meanwhile (walCheckpoint in SQLite 3.40).
 */
static bool is_synced_later(const struct watched *watched)
{
    return !watched->takes_over || (watched->appends && !watched->is_held_up);
}

static int write_file(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset)
{
    struct watched *watched = watched_of(file);
    watched->unwritten += count;
    if (watched->unwritten >= PIECE_BYTES && is_synced_later(watched))
        write_behind(watched);
    if (!watched->registry && !watched->takes_over) /* it is being made, and has no log yet */
        forget_beginning(&watched->forgetting_file, watched->name, offset);
    int result = watched->sqlite->xWrite(file, bytes, count, offset);
    /* SQLite itself knows one reason of several; where a commit fails it asks for none (3.40). */
    return result == SQLITE_IOERR_WRITE && files_are_full(errno) ? SQLITE_FULL : result;
}

static int sync_file(sqlite3_file *file, int flags)
{
    struct watched *watched = watched_of(file);
    stop_writing(watched);
    int failure = take_failure(watched);
    int result = watched->sqlite->xSync(file, flags);
    return result == SQLITE_OK ? failure : result;
}

/* ---- Taking the log over -----------------------------------------------------------------------
 */

/* https://www.sqlite.org/walformat.html, section 2.3 */
enum { WRITE_LOCK = 0, CHECKPOINT_LOCK = 1, READ_LOCK = 3 };

/* Who takes the log over has the lock for that first, then tries those of readers in the way. */
static int lock_shm(sqlite3_file *file, int first, int count, int flags)
{
    struct watched *watched = watched_of(file);
    int result = watched->sqlite->xShmLock(file, first, count, flags);
    if (!(flags & SQLITE_SHM_EXCLUSIVE))
        return result;
    if (first == WRITE_LOCK && result == SQLITE_OK)
        watched->appends = (flags & SQLITE_SHM_LOCK) != 0;
    if (first == CHECKPOINT_LOCK)
        watched->is_held_up = false;
    if (first >= READ_LOCK && result != SQLITE_OK)
        watched->is_held_up = true;
    return result;
}

static int control_file(sqlite3_file *file, int operation, void *argument)
{
    struct watched *watched = watched_of(file);
    if (operation == SQLITE_FCNTL_CKPT_START || operation == SQLITE_FCNTL_CKPT_DONE) {
        watched->takes_over = operation == SQLITE_FCNTL_CKPT_START;
        if (watched->takes_over) /* the one before this may have failed before its sync */
            stop_writing(watched);
        forgetting_log_end(&watched->forgetting_log);
    }
    return watched->sqlite->xFileControl(file, operation, argument);
}

static int read_file(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset)
{
    struct watched *watched = watched_of(file);
    int result = watched->sqlite->xRead(file, bytes, count, offset);
    struct watched *registry = watched->registry;
    if (!registry)
        forget_less(&watched->forgetting_file, count, offset);
    else if (result == SQLITE_OK && registry->takes_over)
        forget_read_page(&registry->forgetting_log, watched->name, count, offset);
    return result;
}

/* ---- Opening and closing -----------------------------------------------------------------------
 */

static int close_file(sqlite3_file *file)
{
    struct watched *watched = watched_of(file);
    end_thread(watched);
    return watched->sqlite->xClose(file);
}

static void watch(sqlite3_file *file, const char *name, bool is_log)
{
    struct watched *watched = watched_of(file);
    *watched = (struct watched){.sqlite = file->pMethods,
                                .methods = *file->pMethods,
                                .file = file,
                                .name = name,
                                .forgetting_file = {.kept = FORGET_KEEP}};
    if (is_log)
        watched->registry = watched_of(sqlite3_database_file_object(name));
    watched->methods.xClose = close_file;
    watched->methods.xRead = read_file;
    watched->methods.xWrite = write_file;
    watched->methods.xSync = sync_file;
    watched->methods.xFileControl = control_file;
    watched->methods.xShmLock = lock_shm;
    file->pMethods = &watched->methods;
}

static int open_file(sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *got)
{
    (void)self;
    int result = sqlite_vfs->xOpen(sqlite_vfs, name, file, flags, got);
    if (result == SQLITE_OK && name && flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL))
        watch(file, name, (flags & SQLITE_OPEN_WAL) != 0);
    return result;
}

static void make_vfs(void)
{
    sqlite_vfs = sqlite3_vfs_find(NULL);
    if (!sqlite_vfs)
        return;
    vfs = *sqlite_vfs;
    vfs.zName = "cbec";
    vfs.szOsFile = (int)(room_for_sqlite() + sizeof(struct watched));
    vfs.xOpen = open_file;
    sqlite3_vfs_register(&vfs, 0);
}

const char *files_vfs(void)
{
    pthread_once(&once, make_vfs);
    return vfs.zName;
}

static int read_beginning(sqlite3_file *file, const char *named, void *bytes, int count)
{
    sqlite3_filename name = sqlite3_create_filename(named, "", "", 0, NULL);
    int result = name ? sqlite_vfs->xOpen(sqlite_vfs, name, file,
                                          SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, NULL)
                      : SQLITE_NOMEM;
    if (result == SQLITE_OK) {
        result = file->pMethods->xRead(file, bytes, count, 0);
        int reason = errno;
        file->pMethods->xClose(file);
        errno = reason;
    }
    sqlite3_free_filename(name);
    return result == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : result;
}

enum cbec_status files_peek(const char *file, const char *path, void *bytes, int count,
                            struct cbec_error *error)
{
    pthread_once(&once, make_vfs);
    sqlite3_file *opened = sqlite_vfs ? calloc(1, (size_t)sqlite_vfs->szOsFile) : NULL;
    if (!opened)
        return error_no_memory(error);
    int result = read_beginning(opened, file, bytes, count);
    enum cbec_status status = result == SQLITE_OK ? CBEC_OK : error_system(error, "open", path);
    free(opened);
    return status;
}
