#include "input/inflate.h"

#ifdef CBEC_HAS_ISAL

#include <isa-l.h>
#include <stdlib.h>

#include "input/member.h"

enum { DEFLATED_BYTES = 65536 };

struct inflation {
    zip_file_t *deflated;
    bool at_end; /* of what is deflated */
    struct inflate_state state;
    uint32_t crc;
    uint32_t expected_crc;
    zip_error_t error;
    uint8_t bytes[DEFLATED_BYTES];
};

bool inflate_can(const zip_stat_t *about)
{
    zip_uint64_t needed = ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
    return (about->valid & needed) == needed && about->comp_method == ZIP_CM_DEFLATE &&
           !member_is_encrypted(about);
}

struct inflation *inflate_begin(zip_file_t *deflated, const zip_stat_t *about)
{
    struct inflation *begun = malloc(sizeof *begun);
    if (!begun)
        return NULL;
    begun->deflated = deflated;
    begun->at_end = false;
    begun->crc = 0;
    begun->expected_crc = about->crc;
    zip_error_init(&begun->error);
    isal_inflate_init(&begun->state); /* for deflated bytes without a header, which zip has */
    return begun;
}

static bool refill(struct inflation *inflation)
{
    zip_int64_t got = zip_fread(inflation->deflated, inflation->bytes, DEFLATED_BYTES);
    if (got < 0) {
        zip_error_t *why = zip_file_get_error(inflation->deflated);
        zip_error_set(&inflation->error, zip_error_code_zip(why), zip_error_code_system(why));
        return false;
    }
    inflation->state.next_in = inflation->bytes;
    inflation->state.avail_in = (uint32_t)got;
    inflation->at_end = got == 0;
    return true;
}

/* Inflates until there is no more room, or nothing more to inflate. False on failure. */
static bool inflate(struct inflation *inflation)
{
    struct inflate_state *state = &inflation->state;
    bool goes_on = true;
    while (goes_on && state->avail_out > 0 && state->block_state != ISAL_BLOCK_FINISH) {
        if (state->avail_in == 0 && !inflation->at_end && !refill(inflation))
            return false;
        uint32_t room = state->avail_out;
        if (isal_inflate(state) != ISAL_DECOMP_OK) {
            zip_error_set(&inflation->error, ZIP_ER_COMPRESSED_DATA, 0);
            return false;
        }
        goes_on = !inflation->at_end || state->avail_out < room;
    }
    return true;
}

/* By the check sum alone, as libzip does. */
static bool verify(struct inflation *inflation)
{
    if (inflation->crc != inflation->expected_crc)
        zip_error_set(&inflation->error, ZIP_ER_CRC, 0);
    return inflation->crc == inflation->expected_crc;
}

zip_int64_t inflate_read(struct inflation *inflation, void *bytes, zip_uint64_t size)
{
    struct inflate_state *state = &inflation->state;
    if (zip_error_code_zip(&inflation->error) != ZIP_ER_OK)
        return -1;
    uint32_t room = size < UINT32_MAX ? (uint32_t)size : UINT32_MAX;
    state->next_out = bytes;
    state->avail_out = room;
    bool sound = inflate(inflation);
    uint32_t length = room - state->avail_out;
    inflation->crc = crc32_gzip_refl(inflation->crc, bytes, length);
    if (length > 0)
        return length; /* what is before the damage, which is told of behind it */
    return sound && verify(inflation) ? 0 : -1;
}

const char *inflate_failure(struct inflation *inflation)
{
    return zip_error_strerror(&inflation->error);
}

void inflate_end(struct inflation *inflation)
{
    if (inflation)
        zip_error_fini(&inflation->error);
    free(inflation);
}

#else

bool inflate_can(const zip_stat_t *about)
{
    (void)about;
    return false;
}

struct inflation *inflate_begin(zip_file_t *deflated, const zip_stat_t *about)
{
    (void)deflated, (void)about;
    return NULL;
}

zip_int64_t inflate_read(struct inflation *inflation, void *bytes, zip_uint64_t size)
{
    (void)inflation, (void)bytes, (void)size;
    return -1;
}

const char *inflate_failure(struct inflation *inflation)
{
    (void)inflation;
    return "";
}

void inflate_end(struct inflation *inflation)
{
    (void)inflation;
}

#endif
