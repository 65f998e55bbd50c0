/*
 * measure FILE COMMAND…: runs the command and appends a line to FILE: seconds by the clock, seconds
 * of processor time, and MB of memory at the peak. Ends as the command ended.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int count, char **arguments)
{
    struct timespec began, ended;
    struct rusage used;
    int state;
    if (count < 3)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &began);
    pid_t child = fork();
    if (child == 0) {
        execvp(arguments[2], arguments + 2);
        _exit(127);
    }
    if (child < 0 || wait4(child, &state, 0, &used) != child || !WIFEXITED(state))
        return 1;
    clock_gettime(CLOCK_MONOTONIC, &ended);
    FILE *out = fopen(arguments[1], "a");
    if (!out)
        return 1;
    /* Of counts that take a few milliseconds, more than milliseconds must be told apart. */
    fprintf(out, "%.6f %.6f %.1f\n",
            (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) / 1e9,
            seconds(used.ru_utime) + seconds(used.ru_stime), (double)used.ru_maxrss * 1024 / 1e6);
    fclose(out);
    return WEXITSTATUS(state);
}
