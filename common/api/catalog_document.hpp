// What the pages derive their lists, forms and menus from, in the asker's language: the actions
// there are, the kinds with their fields and workflows, and the same for other programs as OpenAPI.
#pragma once

#include <functional>

#include "common/api/routes.hpp"

namespace dossier::api {

/// Whether an action may be offered to who asks.
using MayAsk = std::function<bool(const Action&)>;

/// [{name, words, help, method, path, kind?, verb?, may, inputs: [{key, help, give, stands, …}]}]
action::Json actions_document(const Routes& routes, Lang lang, const MayAsk& may);
/// {kinds: […], roles: […], secrecies: […]}
action::Json schema_document(Lang lang);
/// OpenAPI 3.1.
action::Json openapi_document(const Routes& routes, Lang lang);

}  // namespace dossier::api
