/* suite.h: the frame of a unit test program: SUITE_MAIN(name, test, test, …) makes it run these
 * tests. */
#ifndef CBEC_TESTS_SUITE_H
#define CBEC_TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

#include "util/slice.h"

#define SUITE_MAIN(name, ...)                                                                      \
    int main(void)                                                                                 \
    {                                                                                              \
        const TTest *const tests[] = {__VA_ARGS__};                                                \
        Suite *suite = suite_create(name);                                                         \
        TCase *tests_case = tcase_create(name);                                                    \
        tcase_set_timeout(tests_case, 120);                                                        \
        for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)                                \
            tcase_add_test(tests_case, tests[i]);                                                  \
        suite_add_tcase(suite, tests_case);                                                        \
        SRunner *runner = srunner_create(suite);                                                   \
        srunner_run_all(runner, CK_ENV);                                                           \
        int failed = srunner_ntests_failed(runner);                                                \
        srunner_free(runner);                                                                      \
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;                                               \
    }

/* Compares a slice with a string, and shows both when they differ. */
#define assert_slice(got, expected)                                                                \
    do {                                                                                           \
        struct slice slice_ = (got);                                                               \
        const char *string_ = (expected);                                                          \
        ck_assert_msg(slice_equal(slice_, slice_of(string_)), "got \"%.*s\", expected \"%s\"",     \
                      (int)slice_.length, slice_.at ? slice_.at : "", string_);                    \
    } while (0)

#endif
