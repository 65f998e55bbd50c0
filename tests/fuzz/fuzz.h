/*
 * fuzz.h: what the fuzz targets share.
 *
 * A target is one file, which defines LLVMFuzzerTestOneInput as libFuzzer wants it. It aborts when
 * a promise is broken, and returns 0 else. CMakeLists.txt says how the targets are built;
 * unit/fuzz_test.c runs each of them on some hundred inputs.
 */
#ifndef CBEC_TESTS_FUZZ_H
#define CBEC_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PROMISE(holds)                                                                             \
    do {                                                                                           \
        if (!(holds)) {                                                                            \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #holds);                    \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
