// A text as a picture that phones read.
#pragma once

#include <string>

namespace dossier::api {

/// Black on white, as SVG without script or style; a margin of four modules around it.
/// Throws std::invalid_argument for a text too long for any picture.
std::string qr_picture(const std::string& text);

}  // namespace dossier::api
