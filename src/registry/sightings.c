#include "registry/sightings.h"

enum cbec_status sightings_open(struct sightings *sightings, struct cbec_registry *registry,
                                struct cbec_error *error)
{
    *sightings = (struct sightings){.rows = 0};
    return statement_prepare(&sightings->insert, registry, "sighting_insert", error);
}

void sightings_close(struct sightings *sightings)
{
    statement_finish(&sightings->insert);
}

enum cbec_status sightings_add(struct sightings *sightings, int64_t place, int64_t record,
                               struct cbec_error *error)
{
    bool goes_on = place == sightings->place + sightings->rows &&
                   record == sightings->record + sightings->rows;
    if (goes_on && sightings->rows > 0 && sightings->rows < SIGHTING_ROWS) {
        sightings->rows++;
        return CBEC_OK;
    }
    enum cbec_status status = sightings_save(sightings, error);
    sightings->place = place;
    sightings->record = record;
    sightings->rows = 1;
    return status;
}

enum cbec_status sightings_save(struct sightings *sightings, struct cbec_error *error)
{
    if (sightings->rows == 0)
        return CBEC_OK;
    statement_bind_integer(&sightings->insert, 1, sightings->place);
    statement_bind_integer(&sightings->insert, 2, sightings->record);
    statement_bind_integer(&sightings->insert, 3, sightings->rows);
    sightings->rows = 0;
    return statement_run(&sightings->insert, error);
}
