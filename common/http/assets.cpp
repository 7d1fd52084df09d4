#include "common/http/assets.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <openssl/evp.h>
#include <zlib.h>

namespace dossier::http {
namespace {

constexpr std::size_t kDigestBytes = 16;

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Calls `see` for each element of a list with commas until it says true.
template <class See>
bool any_of_list(std::string_view list, See see) {
    while (!list.empty()) {
        const std::string_view element = list.substr(0, list.find(','));
        list.remove_prefix(std::min(element.size() + 1, list.size()));
        if (see(trimmed(element))) return true;
    }
    return false;
}

/// "q=0", "q=0.000": not at all.
bool is_refused(std::string_view written) {
    const std::string parameters = lower_case(written);
    const std::size_t at = parameters.find("q=");
    return at != std::string::npos &&
           trimmed(std::string_view(parameters).substr(at + 2)).find_first_not_of("0.") ==
               std::string_view::npos;
}

bool has_tag(const Request& request, std::string_view tag) {
    const std::string* known = request.header("If-None-Match");
    if (known == nullptr) return false;
    return any_of_list(*known, [&](std::string_view each) {
        if (each == "*") return true;
        if (each.starts_with("W/")) each.remove_prefix(2);
        return each == tag;
    });
}

/// Of its SHA-256: enough to tell one build's file from another's.
std::string digest_of(ByteView bytes) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("SHA-256");
    return to_hex(ByteView(digest).first(kDigestBytes));
}

struct Inflater {
    Inflater() {
        constexpr int kGzip = 16 + MAX_WBITS;
        if (inflateInit2(&stream, kGzip) != Z_OK) throw std::runtime_error("inflate");
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream); }
    z_stream stream{};
};

/// Bytes of the program itself: no limit but what they say.
Bytes inflated(ByteView gzip) {
    Inflater inflater;
    z_stream& stream = inflater.stream;
    Bytes in(gzip.begin(), gzip.end());
    stream.next_in = in.data();
    stream.avail_in = static_cast<uInt>(in.size());
    Bytes out(std::max<std::size_t>(gzip.size() * 4, 64));
    for (;;) {
        stream.next_out = out.data() + stream.total_out;
        stream.avail_out = static_cast<uInt>(out.size() - stream.total_out);
        const int result = inflate(&stream, Z_FINISH);
        if (result == Z_STREAM_END) break;
        const bool wants_room = result == Z_BUF_ERROR && stream.avail_out == 0;
        if (!wants_room) throw std::runtime_error("an asset is no gzip");
        out.resize(out.size() * 2);
    }
    out.resize(stream.total_out);
    return out;
}

}  // namespace

Assets::Assets(std::span<const Asset> table) {
    for (const Asset& each : table) {
        rows_.emplace(each.path, Row{&each, digest_of(each.gzip)});
    }
}

std::optional<Response> Assets::answer(const Request& request) const {
    const auto found = rows_.find(request.target.path);
    if (found == rows_.end()) return std::nullopt;
    const Asset& asset = *found->second.asset;
    Response response;
    if (!is_safe(request.method)) {
        response.status = StatusCode::MethodNotAllowed;
        response.headers.set("Allow", "GET, HEAD");
        return response;
    }
    const bool as_gzip = takes_gzip(request);
    // Two sequences of bytes, two tags.
    const std::string tag = "\"" + found->second.digest + (as_gzip ? "\"" : "-i\"");
    response.headers.set("ETag", tag);
    response.headers.set("Vary", "Accept-Encoding");
    response.headers.set("Cache-Control",
                         asset.is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
    if (has_tag(request, tag)) {
        response.status = StatusCode::NotModified;
        return response;
    }
    response.headers.set("Content-Type", asset.type);
    if (as_gzip) {
        response.headers.set("Content-Encoding", "gzip");
        response.body = Body::lasting(asset.gzip);
    } else {
        response.body = Body(std::make_shared<const Bytes>(inflated(asset.gzip)));
    }
    return response;
}

bool takes_gzip(const Request& request) {
    const std::string* field = request.header("Accept-Encoding");
    if (field == nullptr) return false;
    std::optional<bool> named;
    bool any = false;
    any_of_list(*field, [&](std::string_view each) {
        const std::size_t end = std::min(each.find(';'), each.size());
        const std::string_view coding = trimmed(each.substr(0, end));
        const bool taken = !is_refused(each.substr(end));
        if (same_word(coding, "gzip")) named = taken;
        if (coding == "*") any = taken;
        return false;
    });
    return named.value_or(any);
}

}  // namespace dossier::http
