#include "tests/unit/protocol/allocations.hpp"

#include <cstdlib>
#include <new>

namespace {

std::size_t g_allocated = 0;

}  // namespace

void* operator new(std::size_t size) {
    g_allocated += size;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace dossier::protocol::testing {

std::size_t allocated_bytes() {
    return g_allocated;
}

}  // namespace dossier::protocol::testing
