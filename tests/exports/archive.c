/* Zip archives, the same bytes each time. */
#include <zip.h>

#include "fixtures.h"

static void add_part(zip_t *zip, const struct zip_part *part)
{
    zip_source_t *source = zip_source_buffer(zip, part->bytes.at, part->bytes.length, 0);
    zip_int64_t index = zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0)
        give_up(part->name);
    zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_DEFLATE, 6);
    zip_file_set_dostime(zip, (zip_uint64_t)index, 0, 0x5721, 0); /* 1 September 2023 */
}

void write_zip(const struct zip_part *parts, size_t count, struct buffer *out)
{
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, NULL);
    zip_stat_t about;
    if (!zip)
        give_up("a zip");
    zip_source_keep(target);
    for (size_t i = 0; i < count; i++)
        add_part(zip, &parts[i]);
    if (zip_close(zip) != 0 || zip_source_open(target) != 0 ||
        zip_source_stat(target, &about) != 0 || !buffer_reserve(out, about.size) ||
        zip_source_read(target, out->data + out->length, about.size) != (zip_int64_t)about.size)
        give_up("a zip");
    out->length += about.size;
    zip_source_close(target);
    zip_source_free(target);
}

void zip_up(const char *member, struct buffer *bytes)
{
    struct buffer archive = {0};
    const struct zip_part part = {member, buffer_slice(bytes)};
    write_zip(&part, 1, &archive);
    buffer_free(bytes);
    *bytes = archive;
}
