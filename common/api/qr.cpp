#include "common/api/qr.hpp"

#include <memory>
#include <stdexcept>

#include <qrencode.h>

namespace dossier::api {
namespace {

constexpr int kMargin = 4;

}  // namespace

std::string qr_picture(const std::string& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), &QRcode_free);
    if (!code) throw std::invalid_argument("too long for a QR code");
    std::string path;
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            if ((code->data[y * code->width + x] & 1U) == 0) continue;
            path +=
                "M" + std::to_string(x + kMargin) + " " + std::to_string(y + kMargin) + "h1v1h-1z";
        }
    }
    const std::string side = std::to_string(code->width + 2 * kMargin);
    return R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + side + " " + side +
           R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)" + side + "v" + side +
           "h-" + side + R"(z"/><path fill="#000" d=")" + path + R"("/></svg>)";
}

}  // namespace dossier::api
