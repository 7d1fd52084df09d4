// The files of a page, built into the program as a table and served from it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "common/base/bytes.hpp"
#include "common/http/request.hpp"
#include "common/http/response.hpp"

namespace dossier::http {

/// One row of the table.
struct Asset {
    std::string_view path;  ///< "/assets/index-4f2a.js"; "/" for the page itself
    ByteView gzip;          ///< the file, compressed once when the program is built
    std::string_view type;  ///< "text/javascript; charset=utf-8"
    bool is_hashed;         ///< its name changes with its bytes: a browser may keep it for ever
};

/// Answers with the file as it lies there, or inflated for who does not take gzip; 304 when the
/// browser has it. The table and its bytes outlive it and every answer.
class Assets {
  public:
    explicit Assets(std::span<const Asset> table);

    /// Nothing when there is no such file; 405 for another method than GET and HEAD. Throws
    /// std::runtime_error when a row is no gzip.
    [[nodiscard]] std::optional<Response> answer(const Request& request) const;

    [[nodiscard]] bool is_empty() const { return rows_.empty(); }

  private:
    struct Row {
        const Asset* asset;
        std::string digest;  ///< of its bytes, in hexadecimal
    };
    std::unordered_map<std::string_view, Row> rows_;
};

/// Whether an Accept-Encoding field lets gzip be sent. Source: RFC 9110, 12.5.3.
bool takes_gzip(const Request& request);

}  // namespace dossier::http
