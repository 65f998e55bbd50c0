#include "input/archive.h"

#include <iconv.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/file.h"
#include "input/limits.h"
#include "input/member.h"
#include "input/xlsx_parts.h"
#include "record/row.h"
#include "util/buffer.h"
#include "util/error.h"
#include "util/paths.h"
#include "util/utf8.h"

/* What one member may unpack to, so that a small archive does not fill the disk. */
#define LIMIT_MEMBER_BYTES ((uint64_t)64 << 30)

/* ---- An archive in an open file
 * ------------------------------------------------------------------ */

/* Reads with pread, so that several archives can be open on one file, whose position stays as it
 * is. */
struct zip_file {
    int file;
    uint64_t size;
    uint64_t offset;
    zip_error_t error;
};

static zip_int64_t zip_file_read(struct zip_file *source, void *bytes, zip_uint64_t size)
{
    ssize_t got = file_read(source->file, "", bytes, size, source->offset, NULL);
    if (got < 0) {
        zip_error_set(&source->error, ZIP_ER_READ, 0);
        return -1;
    }
    source->offset += (uint64_t)got;
    return got;
}

static zip_int64_t zip_file_seek(struct zip_file *source, void *arguments, zip_uint64_t size)
{
    zip_int64_t offset = zip_source_seek_compute_offset(source->offset, source->size, arguments,
                                                        size, &source->error);
    if (offset < 0)
        return -1;
    source->offset = (uint64_t)offset;
    return 0;
}

static zip_int64_t zip_file_stat(const struct zip_file *source, zip_stat_t *about)
{
    zip_stat_init(about);
    about->valid = ZIP_STAT_SIZE;
    about->size = source->size;
    return (zip_int64_t)sizeof *about;
}

static zip_int64_t zip_file_call(void *context, void *data, zip_uint64_t size,
                                 zip_source_cmd_t command)
{
    struct zip_file *source = context;
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
            ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
    case ZIP_SOURCE_OPEN:
        source->offset = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return zip_file_read(source, data, size);
    case ZIP_SOURCE_CLOSE:
        return 0;
    case ZIP_SOURCE_STAT:
        return zip_file_stat(source, data);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&source->error, data, size);
    case ZIP_SOURCE_SEEK:
        return zip_file_seek(source, data, size);
    case ZIP_SOURCE_TELL:
        return (zip_int64_t)source->offset;
    case ZIP_SOURCE_FREE:
        zip_error_fini(&source->error);
        free(source);
        return 0;
    default:
        zip_error_set(&source->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

/* The whole file as something that libzip reads; it owns what it needs, but not the file. */
static zip_source_t *source_of(int file, zip_error_t *failure)
{
    struct stat about;
    struct zip_file *source = fstat(file, &about) == 0 ? calloc(1, sizeof *source) : NULL;
    if (!source) {
        zip_error_set(failure, ZIP_ER_MEMORY, 0);
        return NULL;
    }
    source->file = file;
    source->size = (uint64_t)about.st_size;
    zip_error_init(&source->error);
    zip_source_t *made = zip_source_function_create(zip_file_call, source, failure);
    if (!made)
        free(source);
    return made;
}

enum cbec_status archive_open(int file, const char *path, zip_t **archive, struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    zip_error_t failure;
    *archive = NULL;
    const char *missing = zip_failure();
    if (missing)
        return error_set(error, CBEC_ERROR_SYSTEM, "%s: cannot be read without libzip (%s)", path,
                         missing);
    zip_error_init(&failure);
    zip_source_t *source = source_of(file, &failure);
    *archive = source ? zip_open_from_source(source, ZIP_RDONLY, &failure) : NULL;
    if (!*archive) {
        zip_source_free(source);
        status = zip_error_code_zip(&failure) == ZIP_ER_MEMORY
                     ? error_no_memory(error)
                     : error_set(error, CBEC_ERROR_INPUT,
                                 "%s: a damaged zip archive or workbook (%s): get the file again",
                                 path, zip_error_strerror(&failure));
    } else if (zip_get_num_entries(*archive, 0) > LIMIT_ARCHIVE_MEMBERS) {
        zip_discard(*archive);
        *archive = NULL;
        status = error_set(error, CBEC_ERROR_INPUT,
                           "%s: more than %d members in one zip archive: split it", path,
                           LIMIT_ARCHIVE_MEMBERS);
    }
    zip_error_fini(&failure);
    return status;
}

/* How files begin that are told by their first bytes; all others are text. */
static bool begins_with(int file, const char *path, struct slice bytes)
{
    char head[8];
    ssize_t got = file_read(file, path, head, sizeof head, 0, NULL);
    return got >= 0 && slice_starts_with((struct slice){head, (size_t)got}, bytes);
}

enum cbec_status container_of(int file, const char *path, enum container *container, bool *archive,
                              struct cbec_error *error)
{
    *archive = false;
    *container = CONTAINER_TEXT;
    if (begins_with(file, path, SLICE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))) {
        *container =
            CONTAINER_XLS; /* an OLE2 compound file; freexl tells whether it holds a workbook */
        return CBEC_OK;
    }
    if (!begins_with(file, path, SLICE("PK\x03\x04")) &&
        !begins_with(file, path, SLICE("PK\x05\x06")))
        return CBEC_OK;
    zip_t *zip = NULL;
    enum cbec_status status = archive_open(file, path, &zip, error);
    if (status != CBEC_OK)
        return status;
    *archive = !xlsx_is_package(zip);
    *container = CONTAINER_XLSX;
    zip_discard(zip);
    return CBEC_OK;
}

/* ---- Names of members
 * ---------------------------------------------------------------------------- */

/* Appends `name`, which is in GB18030, as UTF-8; what is none keeps its ASCII and has ? for the
 * rest. */
static void append_gb18030(struct buffer *out, struct slice name)
{
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    size_t room = name.length * 4;
    if (converter != (iconv_t)-1 && buffer_reserve(out, room)) {
        char *from = (char *)name.at; /* iconv does not write there */
        size_t left = name.length;
        char *to = out->data + out->length;
        size_t converted = iconv(converter, &from, &left, &to, &room);
        iconv_close(converter);
        if (converted != (size_t)-1) {
            out->length = (size_t)(to - out->data);
            return;
        }
    } else if (converter != (iconv_t)-1) {
        iconv_close(converter);
    }
    for (size_t i = 0; i < name.length; i++)
        buffer_append_byte(out, (unsigned char)name.at[i] < 0x80 ? name.at[i] : '?');
}

/*
 * Appends a member's name as UTF-8. Chinese Windows programs write names in GB18030 without saying
 * so, others write UTF-8 without saying so: what is valid UTF-8 is taken as that.
 */
static void append_member_name(struct buffer *out, zip_t *archive, zip_uint64_t index)
{
    struct slice raw = slice_of(zip_get_name(archive, index, ZIP_FL_ENC_RAW));
    size_t start = out->length;
    bool cut;
    if (utf8_valid_prefix(raw, &cut) == raw.length)
        buffer_append(out, raw);
    else
        append_gb18030(out, raw);
    for (size_t i = start; i < out->length; i++) {
        unsigned char byte = (unsigned char)out->data[i];
        if (byte == '\\')
            out->data[i] = '/'; /* some Windows programs part folders so */
        else if (byte < 0x20 || byte == 0x7f)
            out->data[i] = '?'; /* messages are one line */
    }
}

static bool is_file(struct slice member)
{
    const char *slash = memrchr(member.at, '/', member.length);
    struct slice last = slash ? slice_from(member, (size_t)(slash + 1 - member.at)) : member;
    return last.length > 0 && !slice_starts_with(member, SLICE("__MACOSX/")) &&
           !slice_starts_with(last, SLICE("._")) && !slice_equal(last, SLICE(".DS_Store"));
}

/* ---- Members
 * ------------------------------------------------------------------------------------- */

struct walk {
    zip_t *archive;
    const char *archive_name;
    export_function function;
    void (*unusable)(void *context, const char *path, const struct cbec_error *error);
    void *context;
    zip_uint64_t files;
};

static enum cbec_status damaged(const char *path, const char *why, struct cbec_error *error)
{
    return error_set(error, CBEC_ERROR_INPUT,
                     "%s: cannot be unpacked (%s): get the archive again, or unpack it first", path,
                     why);
}

/* Unpacks a member that is open into a file. */
static enum cbec_status copy_member(struct member *member, const char *path, int file,
                                    uint64_t *size, struct cbec_error *error)
{
    char bytes[65536];
    enum cbec_status status = CBEC_OK;
    *size = 0;
    while (status == CBEC_OK) {
        zip_int64_t got = member_read(member, bytes, sizeof bytes);
        if (got < 0)
            return damaged(path, member_failure(member), error);
        if (got == 0)
            break;
        *size += (uint64_t)got;
        if (*size > LIMIT_MEMBER_BYTES)
            return error_set(error, CBEC_ERROR_INPUT,
                             "%s: unpacks to more than %llu GiB: unpack it and split it", path,
                             (unsigned long long)(LIMIT_MEMBER_BYTES >> 30));
        status = file_write(file, bytes, (size_t)got, error);
    }
    return status;
}

/* Unpacks member `index` into a temporary file. */
static enum cbec_status unpack(zip_t *archive, zip_uint64_t index, struct export *export,
                               struct cbec_error *error)
{
    zip_stat_t about;
    if (zip_stat_index(archive, index, 0, &about) != 0)
        return damaged(export->path, zip_strerror(archive), error);
    if (member_is_encrypted(&about))
        return error_set(error, CBEC_ERROR_INPUT, "%s: is encrypted: unpack it first",
                         export->path);
    struct member *member = member_open(archive, index);
    if (!member)
        return damaged(export->path, zip_strerror(archive), error);
    enum cbec_status status = file_temporary(&export->file, error);
    if (status == CBEC_OK)
        status = copy_member(member, export->path, export->file, &export->size, error);
    member_close(member);
    return status;
}

/* Unpacks one member and hands it on. Reports what keeps it from being handed on. */
static enum cbec_status walk_member(struct walk *walk, zip_uint64_t index, const char *path,
                                    struct cbec_error *error)
{
    struct export export = {
        .file = -1, .path = path, .name = path_last_part(path), .archive = walk->archive_name};
    bool nested = false;
    enum cbec_status status = unpack(walk->archive, index, &export, error);
    if (status == CBEC_OK)
        status = container_of(export.file, path, &export.container, &nested, error);
    if (status == CBEC_OK && nested)
        status =
            error_set(error, CBEC_ERROR_INPUT, "%s: a zip inside a zip: unpack it first", path);
    if (status == CBEC_OK)
        status = walk->function(walk->context, &export, error);
    else if (walk->unusable && error)
        walk->unusable(walk->context, path, error);
    free(export.sheet_name);
    if (export.file >= 0)
        close(export.file);
    return status;
}

enum cbec_status archive_each(zip_t *archive, const char *path, export_function function,
                              void (*unusable)(void *context, const char *path,
                                               const struct cbec_error *error),
                              void *context, struct cbec_error *error)
{
    struct walk walk = {.archive = archive,
                        .archive_name = path_last_part(path),
                        .function = function,
                        .unusable = unusable,
                        .context = context};
    struct buffer shown = {0}; /* archive.zip/folder/member.csv */
    enum cbec_status first = CBEC_OK;
    zip_int64_t count = zip_get_num_entries(archive, 0);
    for (zip_int64_t i = 0; i < count && first != CBEC_ERROR_CANCELLED; i++) {
        buffer_clear(&shown);
        buffer_append(&shown, slice_of(path));
        buffer_append_byte(&shown, '/');
        size_t start = shown.length;
        append_member_name(&shown, archive, (zip_uint64_t)i);
        if (!shown.failed && !is_file(slice_from(buffer_slice(&shown), start)))
            continue;
        walk.files++;
        struct cbec_error failure = {.status = CBEC_OK};
        const char *member = buffer_string(&shown);
        enum cbec_status status;
        if (shown.failed) {
            status = error_no_memory(&failure);
            unusable(context, path, &failure);
        } else {
            status = walk_member(&walk, (zip_uint64_t)i, member, &failure);
        }
        if (status != CBEC_OK && (first == CBEC_OK || status == CBEC_ERROR_CANCELLED)) {
            first = status;
            if (error)
                *error = failure;
        }
    }
    buffer_free(&shown);
    if (walk.files == 0)
        return error_set(error, CBEC_ERROR_INPUT, "%s: an archive that holds no files", path);
    return first;
}
