#include "registry/sightings.h"

enum cbec_status sightings_open(struct sightings *sightings, struct cbec_registry *registry,
                                struct cbec_error *error)
{
    *sightings = (struct sightings){.count = 0};
    enum cbec_status status =
        statement_prepare(&sightings->one, registry, "sighting_insert", error);
    return status == CBEC_OK
               ? statement_prepare(&sightings->several, registry, "sightings_insert", error)
               : status;
}

void sightings_close(struct sightings *sightings)
{
    statement_finish(&sightings->one);
    statement_finish(&sightings->several);
}

/* Binds the nth pending one as the parameters from `first` on. */
static void bind(struct sightings *sightings, struct statement *insert, int first, size_t nth)
{
    statement_bind_integer(insert, first, sightings->pending[nth].place);
    statement_bind_integer(insert, first + 1, sightings->pending[nth].record);
}

enum cbec_status sightings_add(struct sightings *sightings, int64_t place, int64_t record,
                               struct cbec_error *error)
{
    sightings->pending[sightings->count].place = place;
    sightings->pending[sightings->count].record = record;
    if (++sightings->count < SIGHTINGS_AT_ONCE)
        return CBEC_OK;
    for (int i = 0; i < SIGHTINGS_AT_ONCE; i++)
        bind(sightings, &sightings->several, 2 * i + 1, (size_t)i);
    sightings->count = 0;
    return statement_run(&sightings->several, error);
}

enum cbec_status sightings_save(struct sightings *sightings, struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    for (size_t i = 0; i < sightings->count && status == CBEC_OK; i++) {
        bind(sightings, &sightings->one, 1, i);
        status = statement_run(&sightings->one, error);
    }
    sightings->count = 0;
    return status;
}
