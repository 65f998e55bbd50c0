/* A short run of every fuzz target, over inputs that are the same each time. */
#include "suite.h"
#include "text_export.h"

/* Each target goes by a name of its own here. */
#define LLVMFuzzerTestOneInput fuzz_csv
#include "../fuzz/csv.c"
#undef LLVMFuzzerTestOneInput
#undef CBEC_TESTS_FUZZ_H
#undef PROMISE
#define LLVMFuzzerTestOneInput fuzz_dates
#include "../fuzz/dates.c"
#undef LLVMFuzzerTestOneInput
#undef CBEC_TESTS_FUZZ_H
#undef PROMISE
#define LLVMFuzzerTestOneInput fuzz_codes
#include "../fuzz/codes.c"
#undef LLVMFuzzerTestOneInput
#undef CBEC_TESTS_FUZZ_H
#undef PROMISE
#define LLVMFuzzerTestOneInput fuzz_xlsx
#include "../fuzz/xlsx.c"
#undef LLVMFuzzerTestOneInput

#define RUNS 600
#define MOST_BYTES 2000

/* A text that makes sense, changed in some places. */
static size_t mutate(uint64_t *random, struct slice seed, uint32_t changes, uint8_t *out)
{
    memcpy(out, seed.at, seed.length);
    size_t length = seed.length;
    for (; changes > 0 && length > 0; changes--) {
        size_t at = next_random(random) % length;
        switch (next_random(random) % 4) {
        case 0: /* another byte */
            out[at] = (uint8_t)next_random(random);
            break;
        case 1: /* a byte of the text once more */
            out[at] = out[next_random(random) % length];
            break;
        case 2: /* one byte less */
            memmove(out + at, out + at + 1, --length - at);
            break;
        default: /* a piece twice */
            if (length + 20 < MOST_BYTES && at + 20 < length) {
                memmove(out + at + 20, out + at, length - at);
                length += 20;
            }
        }
    }
    return length;
}

static void run(int (*target)(const uint8_t *data, size_t size), const struct slice *seeds,
                size_t count)
{
    uint64_t random = 11;
    uint8_t input[MOST_BYTES] = {0};
    ck_assert_int_eq(target(input, 0), 0);
    for (size_t i = 0; i < RUNS; i++) {
        struct slice seed = seeds[i % count];
        ck_assert_uint_lt(seed.length, MOST_BYTES);
        size_t length = mutate(&random, seed, i < count ? 0 : next_random(&random) % 6, input);
        ck_assert_int_eq(target(input, length), 0);
    }
}

/* As SLICE, for initializers. */
#define BYTES(literal)                                                                             \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

START_TEST(csv)
{
    static const struct slice seeds[] = {
        BYTES("\0\"a\",b\n\"c\nd\",\"e\"\"f\"\n\ng,h\n"),
        BYTES("\0=\"a\",=\"b,c\"\r\n=\"d\r\ne\",f\r\n"),
        BYTES("\1x;y\"z\r\"1\";2\r3;\"\r"),
        BYTES("\2公司\t日期\n\"甲\"乙\t2021\n"),
    };
    run(fuzz_csv, seeds, COUNT(seeds));
}
END_TEST

START_TEST(dates)
{
    static const struct slice seeds[] = {
        BYTES("2021-03-04"),
        BYTES("20210304"),
        BYTES("2021年3月4日"),
        BYTES("4 Mar 2021"),
        BYTES("31/12/2021"),
        BYTES("44259"),
        BYTES("2021-10"),
        BYTES("2021"),
        BYTES("2024-02-29T00:00:00Z"),
        BYTES("名录20240102.csv"),
        BYTES("１９９９．１２．３１"),
    };
    run(fuzz_dates, seeds, COUNT(seeds));
}
END_TEST

START_TEST(codes)
{
    static const struct slice seeds[] = {
        BYTES("91330106MA2X7Q3T6C"), BYTES("330100000123452"),    BYTES("791234566"),
        BYTES("9.1442E+17"),         BYTES("91350200M0001W4X1A"), BYTES("９１-33 0106ma2x7q3t6c"),
    };
    run(fuzz_codes, seeds, COUNT(seeds));
}
END_TEST

#define SHEET "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
START_TEST(xlsx)
{
    static const struct slice seeds[] = {
        BYTES(
            "\0" SHEET "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
            "<c r=\"C1\" s=\"1\"><v>44259</v></c></row><row r=\"3\"><c t=\"inlineStr\"><is><t>x</t>"
            "</is></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"str\"><v>y</v></c>"
            "</row></sheetData></worksheet>"),
        BYTES("\1<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
              "<si><t>a</t></si><si><r><t>b</t></r><r><t xml:space=\"preserve\"> "
              "c</t></r></si></sst>"),
        BYTES("\2<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
              "<numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m\"/></numFmts>"
              "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"),
        BYTES("PK\3\4 and so on"),
    };
    run(fuzz_xlsx, seeds, COUNT(seeds));
}
END_TEST

SUITE_MAIN("fuzz", csv, dates, codes, xlsx)
