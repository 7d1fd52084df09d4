#include "common/http/status.hpp"

#include <algorithm>
#include <array>

namespace dossier::http {
namespace {

struct Phrase {
    StatusCode status;
    std::string_view text;
};
constexpr std::array<Phrase, 25> kPhrases{{
    {StatusCode::Ok, "OK"},
    {StatusCode::Created, "Created"},
    {StatusCode::Accepted, "Accepted"},
    {StatusCode::NoContent, "No Content"},
    {StatusCode::SeeOther, "See Other"},
    {StatusCode::NotModified, "Not Modified"},
    {StatusCode::BadRequest, "Bad Request"},
    {StatusCode::Unauthorized, "Unauthorized"},
    {StatusCode::Forbidden, "Forbidden"},
    {StatusCode::NotFound, "Not Found"},
    {StatusCode::MethodNotAllowed, "Method Not Allowed"},
    {StatusCode::Conflict, "Conflict"},
    {StatusCode::PreconditionFailed, "Precondition Failed"},
    {StatusCode::ContentTooLarge, "Content Too Large"},
    {StatusCode::UriTooLong, "URI Too Long"},
    {StatusCode::UnsupportedMediaType, "Unsupported Media Type"},
    {StatusCode::ExpectationFailed, "Expectation Failed"},
    {StatusCode::MisdirectedRequest, "Misdirected Request"},
    {StatusCode::UnprocessableContent, "Unprocessable Content"},
    {StatusCode::TooManyRequests, "Too Many Requests"},
    {StatusCode::HeadersTooLarge, "Request Header Fields Too Large"},
    {StatusCode::ServerError, "Internal Server Error"},
    {StatusCode::NotImplemented, "Not Implemented"},
    {StatusCode::ServiceUnavailable, "Service Unavailable"},
    {StatusCode::InsufficientStorage, "Insufficient Storage"},
}};

}  // namespace

std::string_view reason_phrase(StatusCode status) {
    const auto found = std::find_if(kPhrases.begin(), kPhrases.end(),
                                    [&](const Phrase& each) { return each.status == status; });
    return found == kPhrases.end() ? std::string_view{} : found->text;
}

bool is_bodiless(StatusCode status) {
    return status == StatusCode::NoContent || status == StatusCode::NotModified;
}

StatusCode status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::Usage:
        case ErrorCode::Malformed:
            return StatusCode::BadRequest;
        case ErrorCode::Oversized:
            return StatusCode::ContentTooLarge;
        case ErrorCode::NotFound:
            return StatusCode::NotFound;
        case ErrorCode::Denied:
        case ErrorCode::NeedsApproval:
        case ErrorCode::DeviceRefused:
            return StatusCode::Forbidden;
        case ErrorCode::Stale:
            return StatusCode::PreconditionFailed;
        case ErrorCode::Conflict:
        case ErrorCode::WrongServer:
        case ErrorCode::Version:
            return StatusCode::Conflict;
        case ErrorCode::Partial:
            return StatusCode::UnprocessableContent;
        case ErrorCode::Unauthenticated:
            return StatusCode::Unauthorized;
        case ErrorCode::TooOften:
            return StatusCode::TooManyRequests;
        case ErrorCode::NoStore:
        case ErrorCode::Busy:
        case ErrorCode::Unreachable:
        case ErrorCode::TimedOut:
            return StatusCode::ServiceUnavailable;
        case ErrorCode::NoSpace:
            return StatusCode::InsufficientStorage;
        case ErrorCode::Failed:
        case ErrorCode::Corrupt:
        case ErrorCode::ClockSkew:
            return StatusCode::ServerError;
    }
    return StatusCode::ServerError;
}

}  // namespace dossier::http
