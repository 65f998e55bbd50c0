#include "input/archive.h"
#include "input/limits.h"
#include "input/xlsx_parts.h"
#include "util/error.h"
#include "workbook_builder.h"

/* What was handed on: "path,name,archive,container=bytes\n"; "!message\n" for what could not be. */
struct handed {
    struct buffer text;
    enum cbec_status answers[8]; /* of the calls */
    size_t calls;
};

static enum cbec_status note_export(void *context, struct export *export, struct cbec_error *error)
{
    struct handed *handed = context;
    char bytes[64];
    ssize_t got = file_read(export->file, export->path, bytes, sizeof bytes, 0, error);
    ck_assert_int_ge(got, 0);
    bool small = export->size <= sizeof bytes;
    ck_assert(!small || (uint64_t)got == export->size);
    buffer_append_format(&handed->text, "%s,%s,%s,%d=%.*s\n", export->path, export->name,
                         export->archive, (int)export->container, small ? (int)got : 2, bytes);
    enum cbec_status answer = handed->answers[handed->calls++];
    return answer == CBEC_OK ? CBEC_OK : error_set(error, answer, "call %zu", handed->calls);
}

static void note_unusable(void *context, const char *path, const struct cbec_error *error)
{
    struct handed *handed = context;
    ck_assert_ptr_null(strchr(error->message, '\n'));
    ck_assert(strncmp(error->message, path, strlen(path)) == 0);
    buffer_append_format(&handed->text, "!%s\n", error->message);
}

/* Walks through the archive in `bytes`, and gives them back. */
static enum cbec_status walk(struct buffer *bytes, struct handed *handed, struct cbec_error *error)
{
    zip_t *archive;
    int file = file_of(buffer_slice(bytes));
    enum cbec_status status = archive_open(file, "a/b.zip", &archive, error);
    if (status == CBEC_OK) {
        status = archive_each(archive, "a/b.zip", note_export, note_unusable, handed, error);
        zip_discard(archive);
    }
    close(file);
    buffer_free(bytes);
    return status;
}

static void check_walk(struct archive_builder *builder, enum cbec_status status,
                       const char *expected, const char *message)
{
    struct buffer bytes = {0};
    struct handed handed = {0};
    struct cbec_error error = {.status = CBEC_OK};
    archive_end(builder, &bytes);
    ck_assert_int_eq(walk(&bytes, &handed, &error), status);
    assert_slice(buffer_slice(&handed.text), expected);
    ck_assert_int_eq(error.status, status);
    ck_assert_msg(strstr(error.message, message), "\"%s\" does not say \"%s\"", error.message,
                  message);
    buffer_free(&handed.text);
}

START_TEST(hands_on_files_in_order)
{
    struct archive_builder builder;
    archive_begin(&builder);
    zip_dir_add(builder.zip, "名单", 0);
    archive_add(&builder, "名单/乙.csv", SLICE("b"));
    archive_add(&builder, "甲.csv", SLICE("a"));
    archive_add(&builder, "__MACOSX/._甲.csv", SLICE("x"));
    archive_add(&builder, "名单/._乙.csv", SLICE("x"));
    archive_add(&builder, ".DS_Store", SLICE("x"));
    archive_add(&builder, "x\\丙\n.csv", SLICE(""));
    check_walk(&builder, CBEC_OK,
               "a/b.zip/名单/乙.csv,乙.csv,b.zip,0=b\n"
               "a/b.zip/甲.csv,甲.csv,b.zip,0=a\n"
               "a/b.zip/x/丙?.csv,丙?.csv,b.zip,0=\n",
               "");
}
END_TEST

/* 名单.csv and 𠀀.csv, which takes four bytes there; then a name that is in no encoding. */
START_TEST(reads_names_in_gb18030)
{
    struct archive_builder builder;
    archive_begin(&builder);
    archive_add(&builder, "\xc3\xfb\xb5\xa5/\xc3\xfb\xb5\xa5.csv", SLICE("a"));
    archive_add(&builder, "\x95\x32\x82\x36.csv", SLICE("b"));
    archive_add(&builder, "\xff\xff.csv", SLICE("c"));
    check_walk(&builder, CBEC_OK,
               "a/b.zip/名单/名单.csv,名单.csv,b.zip,0=a\n"
               "a/b.zip/𠀀.csv,𠀀.csv,b.zip,0=b\n"
               "a/b.zip/??.csv,??.csv,b.zip,0=c\n",
               "");
}
END_TEST

START_TEST(tells_what_members_are)
{
    static const char ole[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    const struct book book = {.rows = ""};
    struct buffer workbook = {0};
    struct buffer inner = {0};
    struct archive_builder builder;
    book_bytes(&book, &workbook);
    archive_begin(&builder);
    archive_add(&builder, "a.csv", SLICE("a"));
    archive_end(&builder, &inner);

    archive_begin(&builder);
    archive_add(&builder, "1.xls", buffer_slice(&workbook));
    archive_add(&builder, "2.xlsx", (struct slice){ole, 8});
    archive_add(&builder, "3.zip", buffer_slice(&inner));
    archive_add(&builder, "4.xlsx", SLICE("PK\x03\x04..."));
    archive_add(&builder, "5.csv", SLICE("a"));
    check_walk(&builder, CBEC_ERROR_INPUT,
               "a/b.zip/1.xls,1.xls,b.zip,1=PK\n"
               "a/b.zip/2.xlsx,2.xlsx,b.zip,2=\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\n"
               "!a/b.zip/3.zip: a zip inside a zip: unpack it first\n"
               "!a/b.zip/4.xlsx: a damaged zip archive or workbook (Not a zip archive): get the "
               "file again\n"
               "a/b.zip/5.csv,5.csv,b.zip,0=a\n",
               "a/b.zip/3.zip: a zip inside a zip");
    buffer_free(&inner);
    buffer_free(&workbook);
}
END_TEST

START_TEST(names_encrypted_members)
{
    struct archive_builder builder;
    archive_begin(&builder);
    zip_uint64_t index = archive_add(&builder, "a.csv", SLICE("a"));
    ck_assert_int_eq(zip_file_set_encryption(builder.zip, index, ZIP_EM_AES_256, "p"), 0);
    check_walk(&builder, CBEC_ERROR_INPUT, "!a/b.zip/a.csv: is encrypted: unpack it first\n",
               "a/b.zip/a.csv: is encrypted");
}
END_TEST

START_TEST(names_damaged_members)
{
    struct archive_builder builder;
    struct buffer bytes = {0};
    struct handed handed = {0};
    struct cbec_error error;
    archive_begin(&builder);
    zip_uint64_t index = archive_add(&builder, "a.csv", SLICE("aaaa,bbbb"));
    zip_set_file_compression(builder.zip, index, ZIP_CM_STORE, 0);
    archive_add(&builder, "b.csv", SLICE("b"));
    archive_end(&builder, &bytes);
    char *content = memmem(bytes.data, bytes.length, "aaaa,bbbb", 9);
    ck_assert_ptr_nonnull(content);
    *content = 'A';
    ck_assert_int_eq(walk(&bytes, &handed, &error), CBEC_ERROR_INPUT);
    assert_slice(buffer_slice(&handed.text),
                 "!a/b.zip/a.csv: cannot be unpacked (CRC error): get the archive again, or unpack "
                 "it first\n"
                 "a/b.zip/b.csv,b.csv,b.zip,0=b\n");
    buffer_free(&handed.text);
}
END_TEST

START_TEST(returns_the_first_failure_and_stops_when_cancelled)
{
    static const struct {
        enum cbec_status answers[8];
        size_t calls;
        enum cbec_status status;
        const char *message;
    } CASES[] = {
        {{CBEC_OK, CBEC_ERROR_REGISTRY, CBEC_ERROR_INPUT}, 3, CBEC_ERROR_REGISTRY, "call 2"},
        {{CBEC_ERROR_CANCELLED, CBEC_ERROR_INPUT}, 1, CBEC_ERROR_CANCELLED, "call 1"},
        {{CBEC_ERROR_INPUT, CBEC_ERROR_CANCELLED}, 2, CBEC_ERROR_CANCELLED, "call 2"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct archive_builder builder;
        struct buffer bytes = {0};
        struct handed handed = {0};
        struct cbec_error error;
        archive_begin(&builder);
        archive_add(&builder, "a.csv", SLICE("a"));
        archive_add(&builder, "b.csv", SLICE("b"));
        archive_add(&builder, "c.csv", SLICE("c"));
        archive_end(&builder, &bytes);
        memcpy(handed.answers, CASES[i].answers, sizeof handed.answers);
        ck_assert_int_eq(walk(&bytes, &handed, &error), CASES[i].status);
        ck_assert_uint_eq(handed.calls, CASES[i].calls);
        ck_assert_str_eq(error.message, CASES[i].message);
        buffer_free(&handed.text);
    }
}
END_TEST

START_TEST(refuses_archives_without_files)
{
    struct archive_builder builder;
    archive_begin(&builder);
    zip_dir_add(builder.zip, "a", 0);
    check_walk(&builder, CBEC_ERROR_INPUT, "", "a/b.zip: an archive that holds no files");
}
END_TEST

START_TEST(refuses_archives_with_too_many_members)
{
    for (int over = 0; over < 2; over++) {
        struct archive_builder builder;
        struct buffer bytes = {0};
        struct cbec_error error = {.status = CBEC_OK};
        zip_t *archive;
        archive_begin(&builder);
        for (int i = 0; i < LIMIT_ARCHIVE_MEMBERS + over; i++) {
            char name[16];
            snprintf(name, sizeof name, "%d", i);
            archive_add(&builder, name, SLICE(""));
        }
        archive_end(&builder, &bytes);
        int file = file_of(buffer_slice(&bytes));
        enum cbec_status status = archive_open(file, "b.zip", &archive, &error);
        ck_assert_int_eq(status, over ? CBEC_ERROR_INPUT : CBEC_OK);
        if (over)
            ck_assert_ptr_nonnull(strstr(error.message, "more than 10000 members"));
        else
            zip_discard(archive);
        close(file);
        buffer_free(&bytes);
    }
}
END_TEST

START_TEST(tells_workbooks_from_archives)
{
    static const struct {
        const char *names[3];
        bool workbook;
    } CASES[] = {
        {{"a.csv", "b.csv", "c.csv"}, false},
        {{"[Content_Types].xml", "xl/workbook.xml", "a"}, true},
        {{"[Content_Types].xml", "a", "b"}, false},
        {{"xl/workbook.xml", "a", "b"}, false},
        {{"[Content_Types].xml", "_rels/.rels", "b"}, true},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct archive_builder builder;
        struct buffer bytes = {0};
        struct buffer relations = {0};
        zip_t *archive;
        buffer_append(&relations, SLICE("<Relationships>"));
        book_relation(&relations, "rId1", "officeDocument", "b");
        buffer_append(&relations, SLICE("</Relationships>"));
        archive_begin(&builder);
        for (size_t j = 0; j < 3; j++)
            archive_add(&builder, CASES[i].names[j], buffer_slice(&relations));
        archive_end(&builder, &bytes);
        int file = file_of(buffer_slice(&bytes));
        ck_assert_int_eq(archive_open(file, "b.zip", &archive, NULL), CBEC_OK);
        ck_assert_int_eq(xlsx_is_package(archive), CASES[i].workbook);
        zip_discard(archive);
        close(file);
        buffer_free(&relations);
        buffer_free(&bytes);
    }
}
END_TEST

/* Wherever an archive is cut off or wrong, there is a message, and what is handed on is whole. */
START_TEST(survives_damage)
{
    struct archive_builder builder;
    struct buffer whole = {0};
    archive_begin(&builder);
    archive_add(&builder, "a.csv", SLICE("aaaa,bbbb"));
    archive_add(&builder, "b.csv", SLICE("cccccccccccccccccccccccccccccccc"));
    archive_end(&builder, &whole);
    for (size_t i = 0; i < whole.length; i++) {
        for (int cut = 0; cut < 2; cut++) {
            struct buffer bytes = {0};
            struct handed handed = {0};
            struct cbec_error error;
            buffer_append(&bytes, (struct slice){whole.data, cut ? i : whole.length});
            if (!cut)
                bytes.data[i] = (char)(bytes.data[i] ^ 0x55);
            enum cbec_status status = walk(&bytes, &handed, &error);
            ck_assert(status == CBEC_OK || status == CBEC_ERROR_INPUT);
            ck_assert(!cut || status == CBEC_ERROR_INPUT);
            buffer_free(&handed.text);
        }
    }
    buffer_free(&whole);
}
END_TEST

SUITE_MAIN("archive", hands_on_files_in_order, reads_names_in_gb18030, tells_what_members_are,
           names_encrypted_members, names_damaged_members,
           returns_the_first_failure_and_stops_when_cancelled, refuses_archives_without_files,
           refuses_archives_with_too_many_members, tells_workbooks_from_archives, survives_damage)
