#include "util/late.h"

#include <dlfcn.h>
#include <string.h>

static const char *find_functions(struct late_library *library, void *handle)
{
    for (size_t i = 0; i < library->count; i++) {
        void *function = dlsym(handle, library->names[i]);
        if (!function)
            return dlerror();
        memcpy((char *)library->functions + i * sizeof function, &function, sizeof function);
    }
    library->handle = handle;
    return NULL;
}

const char *late_load(struct late_library *library)
{
    const char *failure = NULL;
    pthread_mutex_lock(&library->mutex);
    if (!library->handle) {
        void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
        failure = handle ? find_functions(library, handle) : dlerror();
    }
    pthread_mutex_unlock(&library->mutex);
    return failure;
}
