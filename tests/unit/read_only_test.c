/*
 * A registry in a place where nobody may write: on a shared drive, say, or in an archive. The
 * parts that root would be allowed run as nobody.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "opened.h"

#define NOBODY 65534

/* Where nobody can look for it; with characters that mean something in a URI. */
static char folder[60], db[80], csv[80];

static struct cbec_error error;

static void remove_all(void)
{
    chmod(folder, 0755);
    remove_registry(db);
    unlink(csv);
    rmdir(folder);
}

static void name_all(void)
{
    snprintf(folder, sizeof folder, "/tmp/cbec read%%20only?#%ld", (long)getppid());
    snprintf(db, sizeof db, "%s/a.db", folder);
    snprintf(csv, sizeof csv, "%s/a.csv", folder);
}

static void make_registry(void)
{
    name_all();
    remove_all();
    ck_assert_int_eq(mkdir(folder, 0755), 0);
    fill_registry(db, csv);
}

/* From here on, with such rights for all to the folder. */
static void allow_reading_only(mode_t to_folder)
{
    ck_assert_int_eq(chmod(db, 0444), 0);
    ck_assert_int_eq(chmod(folder, to_folder), 0);
    if (geteuid() == 0)
        ck_assert_int_eq(setuid(NOBODY), 0);
}

static void make_part(const char *suffix, const char *content)
{
    char part[100];
    snprintf(part, sizeof part, "%s%s", db, suffix);
    FILE *file = fopen(part, "w");
    ck_assert_ptr_nonnull(file);
    fputs(content, file);
    fclose(file);
}

static bool is_there(const char *suffix)
{
    char part[100];
    snprintf(part, sizeof part, "%s%s", db, suffix);
    return access(part, F_OK) == 0;
}

/* Opens the registry and asks it: the first row of the answer has been read. */
struct asking {
    struct cbec_registry *registry;
    struct cbec_catalogue *catalogue;
    struct cbec_result *result;
    const struct cbec_cell *cells;
};

static struct asking ask(void)
{
    struct asking asking;
    const struct cbec_query *query;
    ck_assert_msg(cbec_open(db, CBEC_OPEN_READ, &asking.registry, &error) == CBEC_OK, "%s",
                  error.message);
    ck_assert_int_eq(cbec_catalogue_open(NULL, 0, &asking.catalogue, NULL), CBEC_OK);
    ck_assert_int_eq(cbec_catalogue_find(asking.catalogue, "by_source", &query, &error), CBEC_OK);
    ck_assert_int_eq(cbec_query_run(asking.registry, query, NULL, &asking.result, &error), CBEC_OK);
    ck_assert_int_eq(cbec_result_next(asking.result, &asking.cells, &error), CBEC_OK);
    return asking;
}

static void end(struct asking *asking)
{
    cbec_result_close(asking->result);
    cbec_catalogue_close(asking->catalogue);
    cbec_close(asking->registry);
}

/* Also where others may make files, a reader makes none: the owner could not write them. */
static void check_asked(mode_t to_folder)
{
    make_registry();
    allow_reading_only(to_folder);
    struct asking asking = ask();
    ck_assert_ptr_nonnull(asking.cells);
    ck_assert_int_eq(asking.cells[1].integer, 1);
    ck_assert(!is_there("-wal") && !is_there("-shm"));
    end(&asking);
}

START_TEST(it_can_be_asked)
{
    check_asked(0555);
}
END_TEST

START_TEST(asking_leaves_nothing_behind)
{
    check_asked(0777);
}
END_TEST

START_TEST(what_would_write_says_why_not)
{
    static const enum cbec_open_mode modes[] = {CBEC_OPEN_WRITE, CBEC_OPEN_CREATE, CBEC_OPEN_TRIAL};
    struct cbec_registry *registry;
    make_registry();
    allow_reading_only(0555);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        ck_assert_int_eq(cbec_open(db, modes[i], &registry, &error), CBEC_ERROR_SYSTEM);
        ck_assert_msg(strstr(error.message, "a.db: Permission denied") != NULL, "%s",
                      error.message);
    }
}
END_TEST

/* What an import has left in the log, or is about to, would be missing from the counts. */
static void check_open_elsewhere(const char *suffix, const char *content)
{
    struct cbec_registry *registry;
    make_registry();
    make_part(suffix, content);
    allow_reading_only(0555);
    ck_assert_int_eq(cbec_open(db, CBEC_OPEN_READ, &registry, &error), CBEC_ERROR_SYSTEM);
    ck_assert_msg(strstr(error.message, "a.db: Permission denied") != NULL, "%s", error.message);
}

START_TEST(what_somebody_has_open_cannot)
{
    check_open_elsewhere("-wal", "frames");
}
END_TEST

START_TEST(nor_with_an_empty_log)
{
    check_open_elsewhere("-wal", "");
}
END_TEST

/* The owner may write to it while it is read: then the answer may be of both states. */
START_TEST(what_changes_meanwhile_is_no_answer)
{
    make_registry();
    int owners = open(db, O_RDWR);
    allow_reading_only(0555);
    struct asking asking = ask();
    ck_assert_int_eq(ftruncate(owners, lseek(owners, 0, SEEK_END) + 65536), 0);
    ck_assert_int_eq(cbec_result_next(asking.result, &asking.cells, &error), CBEC_ERROR_SYSTEM);
    ck_assert_msg(strstr(error.message, "changed meanwhile") != NULL, "%s", error.message);
    end(&asking);
    close(owners);
}
END_TEST

START_TEST(remove_what_was_made)
{
    name_all();
    remove_all();
    ck_assert_int_ne(access(folder, F_OK), 0);
}
END_TEST

SUITE_MAIN("read_only", it_can_be_asked, asking_leaves_nothing_behind,
           what_would_write_says_why_not, what_somebody_has_open_cannot, nor_with_an_empty_log,
           what_changes_meanwhile_is_no_answer, remove_what_was_made)
