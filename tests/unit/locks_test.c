/*
 * The locks by which a process tells others that it has a registry open: it loses all of them when
 * it closes any of the registry's files itself (POSIX), and then others take it for closed.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "opened.h"
#include "registry/registry.h"
#include "suite.h"

static const char db[] = "locks.db", csv[] = "locks.csv";

static void remove_all(void)
{
    remove_registry(db);
    unlink(csv);
}

/* Whether another process could close the registry for good. The lock is the one that SQLite takes
 * for that: https://www.sqlite.org/src/doc/trunk/src/os.h, PENDING_BYTE and what follows. */
static bool seems_closed(void)
{
    int status;
    pid_t other = fork();
    if (other == 0) {
        struct flock lock = {
            .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000000 + 2, .l_len = 510};
        int file = open(db, O_RDWR);
        _exit(file >= 0 && fcntl(file, F_SETLK, &lock) == 0);
    }
    ck_assert_int_eq(waitpid(other, &status, 0), other);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status) != 0;
}

static void make_registry(void)
{
    fill_registry(db, csv);
    ck_assert(seems_closed());
}

START_TEST(a_second_handle_leaves_them)
{
    remove_all();
    make_registry();
    struct cbec_registry *first = open_registry(db);
    ck_assert(!seems_closed());
    struct cbec_registry *second = open_registry(db);
    ck_assert(!seems_closed());
    cbec_close(second);
    ck_assert(!seems_closed());
    cbec_close(first);
    ck_assert(seems_closed());
    remove_all();
}
END_TEST

START_TEST(no_part_of_it_is_taken_for_an_export)
{
    static const char *const parts[] = {"locks.db", "./locks.db-wal", "locks.db-shm",
                                        "locks.db-journal"};
    remove_all();
    make_registry();
    struct cbec_registry *registry = open_registry(db);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct cbec_error error;
        ck_assert_int_eq(cbec_import(registry, parts[i], NULL, &error), CBEC_ERROR_INPUT);
        ck_assert_ptr_nonnull(strstr(error.message, "is the registry or a part of it"));
        ck_assert(!seems_closed());
    }
    cbec_close(registry);
    remove_all();
}
END_TEST

SUITE_MAIN("locks", a_second_handle_leaves_them, no_part_of_it_is_taken_for_an_export)
