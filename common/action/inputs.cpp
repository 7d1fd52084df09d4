#include "common/action/inputs.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "common/base/told.hpp"

namespace dossier::action {
namespace {

const Input* find_input(const Action& action, std::string_view key) {
    const auto at =
        std::ranges::find_if(action.inputs, [&](const Input& input) { return input.key() == key; });
    return at == action.inputs.end() ? nullptr : &*at;
}

/// The values of one input; empty for a flag that says no.
std::optional<std::vector<std::string>> values_from(const Input& input, const Json& value) {
    using Values = std::vector<std::string>;
    if (input.give == Give::Flag) {
        if (!value.is_boolean()) return std::nullopt;
        return value.get<bool>() ? Values{""} : Values{};
    }
    if (value.is_string()) return Values{value.get<std::string>()};
    if (!input.is_many() || !value.is_array()) return std::nullopt;
    Values values;
    for (const Json& each : value) {
        if (!each.is_string()) return std::nullopt;
        values.push_back(each.get<std::string>());
    }
    return values;
}

}  // namespace

std::string Input::key() const {
    std::string small(name);
    for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return small;
}

std::string name_of(const Action& action) {
    std::string name(action.words);
    std::ranges::replace(name, ' ', '.');
    return name;
}

const std::string& Inputs::text(std::string_view key) const {
    static const std::string kNone;
    const auto at = given_.find(key);
    return at == given_.end() || at->second.empty() ? kNone : at->second.back();
}

const std::vector<std::string>& Inputs::all(std::string_view key) const {
    static const std::vector<std::string> kNone;
    const auto at = given_.find(key);
    return at == given_.end() ? kNone : at->second;
}

std::string Inputs::joined(std::string_view key) const {
    std::string line;
    for (const auto& word : all(key)) line += (line.empty() ? "" : " ") + word;
    return line;
}

Result<std::uint64_t> Inputs::number(std::string_view key, std::uint64_t otherwise) const {
    if (!has(key)) return otherwise;
    const std::string& digits = text(key);
    std::uint64_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size())
        return fail(kWrongNumber, named_input(key), std::string(head(digits, 20)));
    return number;
}

std::string called(const Input& input, Lang lang) {
    const Text& label = input.field == nullptr ? input.help : input.field->label;
    // Its own help may name others.
    const auto said = say_actions(told(label.in(lang), {}), plain_name);
    return lang == Lang::Zh ? "“" + said + "”" : "\"" + said + "\"";
}

Inputs named_from(std::string_view folder, const Action& action, Inputs inputs) {
    for (const Input& input : action.inputs) {
        const bool is_place = input.means == Means::FileRead || input.means == Means::FileWritten ||
                              input.means == Means::Folder;
        const auto key = input.key();
        if (!is_place || !inputs.has(key)) continue;
        auto names = inputs.all(key);
        for (auto& name : names)
            name = (std::filesystem::path(folder) / name).lexically_normal().string();
        inputs.put(key, std::move(names));
    }
    return inputs;
}

Json to_json(const Action& action, const Inputs& inputs) {
    auto document = Json::object();
    for (const auto& [key, values] : inputs.given()) {
        const Input* input = find_input(action, key);
        if (input == nullptr || values.empty()) continue;
        if (input->give == Give::Flag) {
            document[key] = true;
        } else if (input->is_many()) {
            document[key] = values;
        } else {
            document[key] = values.back();
        }
    }
    return document;
}

Result<Inputs> inputs_from(const Action& action, const Json& document) {
    Inputs inputs;
    if (!document.is_object()) return fail(kWrongInput, name_of(action), "");
    for (const auto& [key, value] : document.items()) {
        const Input* input = find_input(action, key);
        if (input == nullptr) return fail(kUnknownInput, name_of(action), head(key, 40));
        auto values = values_from(*input, value);
        if (!values) return fail(kWrongInput, name_of(action), key);
        if (!values->empty()) inputs.put(key, std::move(*values));
    }
    for (const Input& input : action.inputs) {
        if (input.is_required() && !inputs.has(input.key()))
            return fail(kWrongInput, name_of(action), input.key());
    }
    return inputs;
}

}  // namespace dossier::action
