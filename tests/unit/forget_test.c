/* What leaves memory of a file that is written from its beginning on. */
#include "registry/forget.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite.h"

#define MB ((int64_t)1 << 20)

static char path[] = "/tmp/forget.XXXXXX";
static int file;

static void begin(void)
{
    strcpy(path, "/tmp/forget.XXXXXX");
    file = mkstemp(path);
    ck_assert_int_ge(file, 0);
}

static void end(void)
{
    close(file);
    unlink(path);
}

/* As if SQLite did: what is on the disk can be forgotten. */
static void write_up_to(struct forgetting_file *forgetting, int64_t to)
{
    static const char bytes[1 << 20] = {1};
    struct stat about;
    ck_assert_int_eq(fstat(file, &about), 0);
    for (int64_t at = about.st_size; at < to; at += MB) {
        ck_assert_int_eq(pwrite(file, bytes, sizeof bytes, at), MB);
        ck_assert_int_eq(fdatasync(file), 0);
        forget_beginning(forgetting, path, at + MB);
    }
}

static bool is_in_memory(int64_t offset)
{
    unsigned char is_there;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    void *at = mmap(NULL, page, PROT_READ, MAP_SHARED, file, offset);
    ck_assert(at != MAP_FAILED);
    ck_assert_int_eq(mincore(at, page, &is_there), 0);
    munmap(at, page);
    return is_there & 1;
}

/* Some systems do not do as they are told. */
static bool system_forgets(void)
{
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    return !is_in_memory(0);
}

START_TEST(the_end_is_kept)
{
    struct forgetting_file forgetting = {.kept = 16 * MB};
    begin();
    write_up_to(&forgetting, 64 * MB);
    ck_assert_int_eq(forgetting.forgotten, 48 * MB);
    bool first = is_in_memory(0), forgotten = is_in_memory(40 * MB), last = is_in_memory(63 * MB);
    ck_assert(last);
    if (system_forgets())
        ck_assert(!first && !forgotten);
    end();
}
END_TEST

/* Half of what was forgotten. */
START_TEST(nothing_more_is_forgotten_if_it_is_asked_for_again)
{
    struct forgetting_file forgetting = {.kept = 16 * MB};
    begin();
    write_up_to(&forgetting, 32 * MB);
    ck_assert_int_eq(forgetting.forgotten, 16 * MB);
    forget_less(&forgetting, (int)(8 * MB), 15 * MB);
    forget_less(&forgetting, (int)(8 * MB), 16 * MB);
    write_up_to(&forgetting, 48 * MB);
    ck_assert_int_eq(forgetting.forgotten, 32 * MB);
    forget_less(&forgetting, (int)(8 * MB), 0);
    forget_less(&forgetting, 1, 0);
    write_up_to(&forgetting, 96 * MB);
    ck_assert_int_eq(forgetting.forgotten, 32 * MB);
    end();
}
END_TEST

SUITE_MAIN("forget", the_end_is_kept, nothing_more_is_forgotten_if_it_is_asked_for_again)
