#include "util/late.h"

#include "late/zip.h"
#include "suite.h"

/* A library of which one function is called, cos. */
struct functions {
    double (*cos)(double);
};

static const char *load(const char *file, const char *function, struct functions *functions)
{
    const char *const names[] = {function};
    static struct late_library library;
    library = (struct late_library){.file = file,
                                    .names = names,
                                    .functions = functions,
                                    .count = 1,
                                    .mutex = PTHREAD_MUTEX_INITIALIZER};
    const char *failure = late_load(&library);
    ck_assert_int_eq(library.handle == NULL, failure != NULL);
    const char *again = late_load(&library);
    ck_assert_int_eq(again == NULL, failure == NULL);
    return again;
}

START_TEST(a_library_is_loaded)
{
    struct functions functions = {NULL};
    ck_assert_ptr_null(load("libm.so.6", "cos", &functions));
    ck_assert(functions.cos(0) == 1);
}
END_TEST

START_TEST(it_is_said_what_is_missing)
{
    struct functions functions = {NULL};
    const char *failure = load("libnone.so.1", "cos", &functions);
    ck_assert_ptr_nonnull(strstr(failure, "libnone.so.1"));
    failure = load("libm.so.6", "no_such_function", &functions);
    ck_assert_ptr_nonnull(strstr(failure, "no_such_function"));
    ck_assert(functions.cos == NULL);
}
END_TEST

/* As the build has it. */
START_TEST(functions_go_by_their_names)
{
    zip_error_t error;
    ck_assert_ptr_null(zip_failure());
    zip_error_init(&error);
    zip_error_set(&error, ZIP_ER_MEMORY, 0);
    ck_assert_int_eq(zip_error_code_zip(&error), ZIP_ER_MEMORY);
    zip_error_fini(&error);
}
END_TEST

SUITE_MAIN("late", a_library_is_loaded, it_is_said_what_is_missing, functions_go_by_their_names)
