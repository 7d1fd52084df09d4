// Answers as the pages get them: one document for everything an action gives, whatever came of it.
#pragma once

#include "common/action/answer.hpp"
#include "common/api/said.hpp"
#include "common/http/response.hpp"

namespace dossier::api {

/// 200 with the document.
http::Response json_response(const action::Json& document,
                             http::StatusCode status = http::StatusCode::Ok);
/// The document with the actions its texts name called by what they do.
action::Json spoken(const Routes& routes, action::Json document, Lang lang);

/// A refusal without anything around it: {"parts":[],…,"refusal":{…}}. One that says to wait
/// (ErrorCode::TooOften) names the seconds as its first argument.
http::Response refused(const Routes& routes, const Error& error, Lang lang);
/// The same with more to say beside it.
http::Response refused(const Routes& routes,
                       const Error& error,
                       Lang lang,
                       const action::Json& beside);

/// The document of `action::to_json`, with the file it wrote as data.file, or that file itself
/// where the browser asks for bytes. Status: that of the refusal. Actions are called by what they
/// do.
http::Response reply(const Routes& routes,
                     const action::Outcome& outcome,
                     const Said& said,
                     const http::Request& request);

}  // namespace dossier::api
