#include "input/member.h"

#include <stdlib.h>

#include "input/inflate.h"

bool member_is_encrypted(const zip_stat_t *about)
{
    return (about->valid & ZIP_STAT_ENCRYPTION_METHOD) && about->encryption_method != ZIP_EM_NONE;
}

struct member {
    zip_file_t *file;
    struct inflation *inflation; /* of the file, which is deflated; NULL: libzip does all */
};

/* Opens the member's file, deflated as it is if it is inflated here. */
static bool open_file(struct member *member, zip_t *archive, zip_uint64_t index)
{
    zip_stat_t about;
    if (zip_stat_index(archive, index, 0, &about) == 0 && inflate_can(&about)) {
        member->file = zip_fopen_index(archive, index, ZIP_FL_COMPRESSED);
        member->inflation = member->file ? inflate_begin(member->file, &about) : NULL;
        if (member->file && !member->inflation)
            zip_error_set(zip_get_error(archive), ZIP_ER_MEMORY, 0);
        return member->inflation;
    }
    member->file = zip_fopen_index(archive, index, 0);
    return member->file;
}

struct member *member_open(zip_t *archive, zip_uint64_t index)
{
    struct member *member = calloc(1, sizeof *member);
    if (!member) {
        zip_error_set(zip_get_error(archive), ZIP_ER_MEMORY, 0);
    } else if (!open_file(member, archive, index)) {
        member_close(member);
        member = NULL;
    }
    return member;
}

zip_int64_t member_read(struct member *member, void *bytes, zip_uint64_t size)
{
    if (member->inflation)
        return inflate_read(member->inflation, bytes, size);
    return zip_fread(member->file, bytes, size);
}

const char *member_failure(struct member *member)
{
    if (member->inflation)
        return inflate_failure(member->inflation);
    return zip_file_strerror(member->file);
}

void member_close(struct member *member)
{
    inflate_end(member->inflation);
    if (member->file)
        zip_fclose(member->file);
    free(member);
}
