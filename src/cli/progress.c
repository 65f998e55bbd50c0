#include <unistd.h>

#include "cli/cli.h"

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

void progress_begin(struct progress_line *line)
{
    *line = (struct progress_line){.wanted = isatty(STDERR_FILENO)};
    clock_gettime(CLOCK_MONOTONIC, &line->began);
}

bool progress_is_due(struct progress_line *line, double *seconds)
{
    *seconds = line->wanted ? seconds_since(&line->began) : 0;
    if (*seconds < 0.5 || (line->shown && seconds_since(&line->last) < 0.1))
        return false;
    clock_gettime(CLOCK_MONOTONIC, &line->last);
    fputs("\r\033[K", stderr);
    line->shown = true;
    return true;
}

void progress_clear(struct progress_line *line)
{
    if (line->shown)
        fputs("\r\033[K", stderr);
    line->shown = false;
}
