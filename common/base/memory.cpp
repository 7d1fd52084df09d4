#include "common/base/memory.hpp"

#include <malloc.h>

namespace dossier {

void give_back_memory() {
    ::malloc_trim(0);
}

}  // namespace dossier
