// Answers as the pages get them: one document for everything an action gives, whatever came of it.
#pragma once

#include "common/http/request.hpp"
#include "common/http/response.hpp"

#include "server/actions/perform.hpp"
#include "server/web/said.hpp"

namespace dossier::server {

/// 200 with the document.
http::Response json_response(const action::Json& document,
                             http::StatusCode status = http::StatusCode::Ok);
/// A refusal without anything around it: {"parts":[],…,"refusal":{…}}.
http::Response refused(const Error& error, Lang lang);
/// The same with more to say beside it.
http::Response refused(const Error& error, Lang lang, const action::Json& beside);

/// The document of `action::to_json`, with the file it wrote as data.file, or that file itself
/// where the browser asks for bytes. Status: that of the refusal. Actions are called by what they
/// do.
http::Response reply(const action::Outcome& outcome,
                     const Said& said,
                     const http::Request& request);

/// "“列出客户”": an action as a page calls it.
std::string action_words(std::string_view name, Lang lang);

}  // namespace dossier::server
