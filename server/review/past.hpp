// Where the past used to be read: see server/reading/past.hpp.
#pragma once

#include "server/reading/past.hpp"
