// What a command line asks of the office that is running, and the answer: values and their bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::server {

/// A command as it was typed, with what surrounds whoever typed it.
struct ControlRequest {
    std::vector<std::string> words;  ///< without the program's name
    std::string folder;              ///< where relative file names start
    std::string lang;                ///< "zh" or "en"
    std::string as;                  ///< login of who acts; empty = not said
    bool operator==(const ControlRequest&) const = default;
};

struct ControlAnswer {
    int exit_code = 0;
    std::string out;
    std::string err;
    bool operator==(const ControlAnswer&) const = default;
};

/// Limits of one request and one answer.
inline constexpr std::size_t kControlRequestBytesMax = 1U << 20U;
inline constexpr std::size_t kControlAnswerBytesMax = 256U << 20U;

/// One line of JSON: {"words":[…],"folder":…,"lang":…,"as":…}.
std::string encode(const ControlRequest& request);
/// Errors: nullopt for anything else.
std::optional<ControlRequest> decode_request(std::string_view line);

/// Layout: one line {"exit":N,"out":bytes,"err":bytes}, then the bytes of out, then those of err.
std::string encode(const ControlAnswer& answer);
/// Errors: nullopt for anything else.
std::optional<ControlAnswer> decode_answer(std::string_view bytes);

}  // namespace dossier::server
