/*
 * hash FILE: the SHA-256 of a file, by the library that cbec hashes with. sha256sum would not do:
 * it may lack the processor's instructions for it and take twice as long.
 */
#include <nettle/sha2.h>
#include <stdio.h>

int main(int count, char **arguments)
{
    static unsigned char bytes[1 << 18], digest[SHA256_DIGEST_SIZE];
    struct sha256_ctx context;
    size_t length;
    FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
    if (!file)
        return 1;
    sha256_init(&context);
    while ((length = fread(bytes, 1, sizeof bytes, file)) > 0)
        sha256_update(&context, length, bytes);
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        printf("%02x", digest[i]);
    puts("");
    return ferror(file) ? 1 : 0;
}
