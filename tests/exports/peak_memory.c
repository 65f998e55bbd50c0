/*
 * peak_memory MIB COMMAND…: runs the command; fails if it took more memory at its peak, else ends
 * as it ended.
 *
 * The peak of a process includes what its parent had when it was forked, so this program has next
 * to nothing itself.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **arguments)
{
    struct rusage used;
    int state;
    if (count < 3)
        return 2;
    long limit = strtol(arguments[1], NULL, 10) * 1024; /* KiB, as the kernel counts */
    pid_t child = fork();
    if (child == 0) {
        execvp(arguments[2], arguments + 2);
        _exit(127);
    }
    if (child < 0 || wait4(child, &state, 0, &used) != child || !WIFEXITED(state))
        return 1;
    fprintf(stderr, "peak memory: %ld MiB\n", used.ru_maxrss / 1024);
    return used.ru_maxrss > limit ? 1 : WEXITSTATUS(state);
}
