#include "input/xlsx_unpack.h"

#include "input/archive.h"
#include "text_export.h"
#include "workbook_builder.h"

/* Seven pieces and a part of one. */
enum { LENGTH = UNPACK_PIECE_BYTES * 15 / 2 };

/* A part of many pieces, in an archive in which one byte may be changed. */
struct fixture {
    struct buffer text;
    struct buffer bytes;
    int file;
    zip_t *archive;
};

static void open_fixture(struct fixture *fixture, size_t length, bool damaged)
{
    uint64_t random = 1;
    struct archive_builder builder;
    *fixture = (struct fixture){0};
    while (fixture->text.length < length) /* what hardly packs, so that damage lies in the middle */
        buffer_append_byte(&fixture->text, (char)next_random(&random));
    archive_begin(&builder);
    archive_add(&builder, "part", buffer_slice(&fixture->text));
    archive_end(&builder, &fixture->bytes);
    if (damaged)
        fixture->bytes.data[fixture->bytes.length / 2] ^= 0x55;
    fixture->file = file_of(buffer_slice(&fixture->bytes));
    ck_assert_int_eq(archive_open(fixture->file, "a", &fixture->archive, NULL), CBEC_OK);
}

static void close_fixture(struct fixture *fixture)
{
    zip_discard(fixture->archive);
    close(fixture->file);
    buffer_free(&fixture->bytes);
    buffer_free(&fixture->text);
}

static struct unpacking *begin(struct fixture *fixture, bool ahead)
{
    struct member *part = member_open(fixture->archive, 0);
    ck_assert_ptr_nonnull(part);
    struct unpacking *unpacking = unpack_begin(part);
    ck_assert_ptr_nonnull(unpacking);
    if (ahead)
        unpack_ahead(unpacking);
    return unpacking;
}

/* Appends all pieces to `out`, writes over each, and returns what the last call did. */
static zip_int64_t unpack_all(struct unpacking *unpacking, struct buffer *out)
{
    char *piece;
    zip_int64_t length;
    while ((length = unpack_next(unpacking, &piece)) > 0) {
        buffer_append(out, (struct slice){piece, (size_t)length});
        memset(piece, 'x', (size_t)length + 1);
    }
    return length;
}

START_TEST(gives_all_pieces)
{
    static const size_t lengths[] = {0, 1, UNPACK_PIECE_BYTES, LENGTH};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        for (int ahead = 0; ahead < 2; ahead++) {
            struct fixture fixture;
            struct buffer out = {0};
            open_fixture(&fixture, lengths[i], false);
            struct unpacking *unpacking = begin(&fixture, ahead);
            ck_assert_int_eq(unpack_all(unpacking, &out), 0);
            ck_assert(slice_equal(buffer_slice(&out), buffer_slice(&fixture.text)));
            unpack_end(unpacking);
            buffer_free(&out);
            close_fixture(&fixture);
        }
    }
}
END_TEST

START_TEST(ends_before_all_is_unpacked)
{
    for (int taken = 0; taken < 7; taken++) {
        struct fixture fixture;
        char *piece;
        open_fixture(&fixture, LENGTH, false);
        struct unpacking *unpacking = begin(&fixture, true);
        for (int i = 0; i < taken; i++)
            ck_assert_int_eq(unpack_next(unpacking, &piece), UNPACK_PIECE_BYTES);
        unpack_end(unpacking);
        close_fixture(&fixture);
    }
    unpack_end(NULL);
}
END_TEST

/* What comes before the damage is the same in both ways, and so is what is said of it. */
START_TEST(tells_of_damage_behind_what_is_sound)
{
    struct buffer out[2] = {0};
    struct buffer failure[2] = {0};
    struct fixture fixture;
    open_fixture(&fixture, LENGTH, true);
    for (int ahead = 0; ahead < 2; ahead++) {
        struct unpacking *unpacking = begin(&fixture, ahead);
        ck_assert_int_lt(unpack_all(unpacking, &out[ahead]), 0);
        buffer_append(&failure[ahead], slice_of(unpack_failure(unpacking)));
        unpack_end(unpacking);
    }
    ck_assert(slice_equal(buffer_slice(&out[0]), buffer_slice(&out[1])));
    ck_assert_uint_gt(out[0].length, UNPACK_PIECE_BYTES);
    ck_assert_uint_gt(failure[0].length, 0);
    ck_assert_str_eq(buffer_string(&failure[0]), buffer_string(&failure[1]));
    for (int i = 0; i < 2; i++) {
        buffer_free(&out[i]);
        buffer_free(&failure[i]);
    }
    close_fixture(&fixture);
}
END_TEST

SUITE_MAIN("xlsx_unpack", gives_all_pieces, ends_before_all_is_unpacked,
           tells_of_damage_behind_what_is_sound)
