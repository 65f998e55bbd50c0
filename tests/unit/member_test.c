#include "input/member.h"

#include "input/archive.h"
#include "text_export.h"
#include "workbook_builder.h"

/* What reading a member came to. */
struct reading {
    struct buffer bytes;
    zip_int64_t last; /* what the last call answered */
    struct buffer failure;
};

static void free_reading(struct reading *reading)
{
    buffer_free(&reading->bytes);
    buffer_free(&reading->failure);
}

static zip_t *open_archive(const struct buffer *bytes, int *file)
{
    zip_t *archive;
    *file = file_of(buffer_slice(bytes));
    ck_assert_int_eq(archive_open(*file, "a", &archive, NULL), CBEC_OK);
    return archive;
}

/* Reads the first member, `step` bytes at a time. */
static void read_member(const struct buffer *archive_bytes, size_t step, struct reading *reading)
{
    static char piece[65536];
    int file;
    zip_t *archive = open_archive(archive_bytes, &file);
    struct member *member = member_open(archive, 0);
    *reading = (struct reading){0};
    ck_assert_ptr_nonnull(member);
    while ((reading->last = member_read(member, piece, step)) > 0)
        buffer_append(&reading->bytes, (struct slice){piece, (size_t)reading->last});
    if (reading->last < 0) {
        ck_assert_int_lt(member_read(member, piece, step), 0);
        buffer_append(&reading->failure, slice_of(member_failure(member)));
    }
    member_close(member);
    zip_discard(archive);
    close(file);
}

/* The same by libzip alone. */
static void read_by_libzip(const struct buffer *archive_bytes, struct reading *reading)
{
    static char piece[65536];
    int file;
    zip_t *archive = open_archive(archive_bytes, &file);
    zip_file_t *member = zip_fopen_index(archive, 0, 0);
    *reading = (struct reading){0};
    ck_assert_ptr_nonnull(member);
    while ((reading->last = zip_fread(member, piece, sizeof piece)) > 0)
        buffer_append(&reading->bytes, (struct slice){piece, (size_t)reading->last});
    if (reading->last < 0)
        buffer_append(&reading->failure, slice_of(zip_file_strerror(member)));
    zip_fclose(member);
    zip_discard(archive);
    close(file);
}

static void pack(const struct buffer *content, zip_int32_t method, zip_uint32_t level,
                 struct buffer *out)
{
    struct archive_builder builder;
    archive_begin(&builder);
    archive_add(&builder, "member", buffer_slice(content));
    zip_set_file_compression(builder.zip, 0, method, level);
    archive_end(&builder, out);
}

/* Text that packs well or hardly, with repetitions near and far. */
static void append_content(uint64_t *random, size_t length, struct buffer *out)
{
    uint32_t letters = 2 + next_random(random) % 255;
    while (out->length < length) {
        size_t count = next_random(random) % 300;
        if (out->length > count && next_random(random) % 2 == 0) {
            size_t from = next_random(random) % (out->length - count);
            ck_assert(buffer_reserve(out, count));
            buffer_append(out, (struct slice){out->data + from, count});
        } else {
            buffer_append_byte(out, (char)(next_random(random) % letters));
        }
    }
    out->length = length;
}

START_TEST(unpacks_what_was_packed)
{
    static const size_t lengths[] = {0, 1, 2, 100, 32768, 65536, 65537, 400000};
    static const size_t steps[] = {65536, 4099, 1};
    static const zip_int32_t methods[] = {ZIP_CM_DEFLATE, ZIP_CM_STORE};
    uint64_t random = 7;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        for (zip_uint32_t level = 1; level <= 9; level += 4) {
            for (size_t j = 0; j < 6; j++) {
                struct buffer content = {0};
                struct buffer bytes = {0};
                struct reading reading;
                append_content(&random, lengths[i], &content);
                pack(&content, methods[j % 2], level, &bytes);
                read_member(&bytes, steps[j / 2], &reading);
                ck_assert_int_eq(reading.last, 0);
                ck_assert(slice_equal(buffer_slice(&reading.bytes), buffer_slice(&content)));
                free_reading(&reading);
                buffer_free(&bytes);
                buffer_free(&content);
            }
        }
    }
}
END_TEST

/* ---- Damage ------------------------------------------------------------------------------------
 */

static const char *const central_mark = "PK\x01\x02";

/* Where a field of the member's entry in the directory lies (APPNOTE.TXT, 4.3.12). */
static char *directory_field(struct buffer *bytes, size_t offset)
{
    const char *entry = slice_find(buffer_slice(bytes), slice_of(central_mark));
    ck_assert_ptr_nonnull(entry);
    return bytes->data + (entry - bytes->data) + offset;
}

/* Wherever it is damaged, it is sound for both or for none; what is read is what was packed. */
START_TEST(finds_the_damage_that_libzip_finds)
{
    enum { HEADER = 36 }; /* of the member, with its name */
    uint64_t random = 11;
    size_t found = 0;
    for (int run = 0; run < 3000; run++) {
        struct buffer content = {0};
        struct buffer bytes = {0};
        struct reading here, there;
        append_content(&random, 1 + next_random(&random) % (run % 100 == 0 ? 100000 : 2000),
                       &content);
        pack(&content, ZIP_CM_DEFLATE, 1 + next_random(&random) % 9, &bytes);
        size_t packed = (size_t)(directory_field(&bytes, 0) - bytes.data) - HEADER;
        char *damaged = bytes.data + HEADER + next_random(&random) % packed;
        *damaged ^= (char)(1 << next_random(&random) % 8);
        read_member(&bytes, 65536, &here);
        read_by_libzip(&bytes, &there);
        ck_assert_int_eq(here.last == 0, there.last == 0);
        if (here.last == 0)
            ck_assert(slice_equal(buffer_slice(&here.bytes), buffer_slice(&there.bytes)));
        else
            ck_assert_uint_gt(here.failure.length, 0);
        found += here.last < 0;
        free_reading(&here);
        free_reading(&there);
        buffer_free(&bytes);
        buffer_free(&content);
    }
    ck_assert_uint_gt(found, 2900);
}
END_TEST

/* Another check sum, size, or length of what is packed, than is so: both take it alike. */
START_TEST(takes_a_wrong_directory_as_libzip_does)
{
    static const struct {
        size_t offset;
        char add;
        const char *failure;
    } fields[] = {
        {16, 1, "CRC error"},  /* the check sum */
        {21, -2, "CRC error"}, /* two times 256 bytes of what is packed are missing */
        {24, 1, ""},           /* the size */
        {24, -1, ""},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        uint64_t random = 13;
        struct buffer content = {0};
        struct buffer bytes = {0};
        struct reading here, there;
        append_content(&random, 100001, &content);
        pack(&content, ZIP_CM_DEFLATE, 6, &bytes);
        *directory_field(&bytes, fields[i].offset) += fields[i].add;
        read_member(&bytes, 65536, &here);
        read_by_libzip(&bytes, &there);
        assert_slice(buffer_slice(&here.failure), fields[i].failure);
        assert_slice(buffer_slice(&there.failure), fields[i].failure);
        ck_assert(slice_equal(buffer_slice(&here.bytes), buffer_slice(&there.bytes)));
        free_reading(&here);
        free_reading(&there);
        buffer_free(&bytes);
        buffer_free(&content);
    }
}
END_TEST

START_TEST(opens_nothing_that_is_encrypted)
{
    struct archive_builder builder;
    struct buffer bytes = {0};
    int file;
    archive_begin(&builder);
    archive_add(&builder, "a.csv", SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    ck_assert_int_eq(zip_file_set_encryption(builder.zip, 0, ZIP_EM_AES_256, "p"), 0);
    archive_end(&builder, &bytes);
    zip_t *archive = open_archive(&bytes, &file);
    ck_assert_ptr_null(member_open(archive, 0));
    ck_assert_str_eq(zip_strerror(archive), "No password provided");
    ck_assert_ptr_null(member_open(archive, 1));
    zip_discard(archive);
    close(file);
    buffer_free(&bytes);
}
END_TEST

SUITE_MAIN("member", unpacks_what_was_packed, finds_the_damage_that_libzip_finds,
           takes_a_wrong_directory_as_libzip_does, opens_nothing_that_is_encrypted)
