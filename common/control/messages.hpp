// What another process asks of the program that runs and holds the store, and the answer: an action
// with its inputs and asker, and what it gave back. No words of a command line, no printed bytes.
#pragma once

#include "common/action/inputs.hpp"

namespace dossier::control {

/// An action by name, and who asks for it.
struct Request {
    std::string action;   ///< "customer.transfer"
    action::Json inputs;  ///< object by input key
    std::string as = {};  ///< login of who acts, where several may; empty = not said
    std::string purpose = {};
    Lang lang = Lang::Zh;
    std::string folder = {};  ///< where relative file names start
    bool operator==(const Request&) const = default;
};

/// Limits of one request and one answer.
inline constexpr std::size_t kRequestBytesMax = 1U << 20U;
inline constexpr std::size_t kAnswerBytesMax = 256U << 20U;

inline constexpr Fault kMalformed{
    "control.malformed",
    ErrorCode::Malformed,
    {"请求不是一行完整的 JSON，或缺少 {}", "the request is no whole line of JSON, or lacks {}"},
    {"写成一行：{}", "write one line: {}"}};
inline constexpr Fault kOversized{
    "control.oversized",
    ErrorCode::Oversized,
    {"请求超过 {} 字节", "the request is larger than {} bytes"},
    {"缩短内容，或分成几次", "shorten it, or ask in several requests"}};
inline constexpr Fault kNotUtf8{
    "control.not_utf8",
    ErrorCode::Malformed,
    {"“{}”含有不是 UTF-8 的字节，没有发送",
     "\"{}\" holds bytes that are not UTF-8; nothing was sent"},
    {"改正乱码后重试；文件先改名", "correct the broken characters; rename a file first"}};

/// Errors: control.not_utf8 naming the input: broken bytes are never replaced on their way.
Status check_text(const Request& request);

/// One line of JSON: {"action":…,"inputs":{…},"as":…,"purpose":…,"lang":"zh","folder":…}.
std::string encode(const Request& request);
/// Errors: control.malformed for anything else.
Result<Request> decode_request(std::string_view line);

/// `action::to_json` as one line.
std::string encode(const action::Outcome& answer);
/// Errors: nullopt for anything else.
std::optional<action::Outcome> decode_answer(std::string_view bytes, Lang lang);

/// The answer to one that cannot be taken.
action::Outcome refuse_request(const Request& request, const Error& error);

}  // namespace dossier::control
