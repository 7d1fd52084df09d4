// The status codes this server gives, and which of them an error is. Source: RFC 9110, 15;
// RFC 6585.
#pragma once

#include <cstdint>
#include <string_view>

#include "common/base/result.hpp"

namespace dossier::http {

enum class StatusCode : std::uint16_t {
    Ok = 200,
    Created = 201,
    Accepted = 202,
    NoContent = 204,
    SeeOther = 303,
    NotModified = 304,
    BadRequest = 400,
    Unauthorized = 401,
    Forbidden = 403,
    NotFound = 404,
    MethodNotAllowed = 405,
    Conflict = 409,
    PreconditionFailed = 412,
    ContentTooLarge = 413,
    UriTooLong = 414,
    UnsupportedMediaType = 415,
    ExpectationFailed = 417,
    MisdirectedRequest = 421,
    UnprocessableContent = 422,
    TooManyRequests = 429,
    HeadersTooLarge = 431,
    ServerError = 500,
    NotImplemented = 501,
    ServiceUnavailable = 503,
    InsufficientStorage = 507,
};

/// "Not Found"; empty for a number that is none of them.
std::string_view reason_phrase(StatusCode status);
/// An answer of this status has no body, not even an empty one with a length.
bool is_bodiless(StatusCode status);
/// What an error of an action is to who asked over HTTP: the one mapping of both programs.
StatusCode status_of(ErrorCode code);

}  // namespace dossier::http
