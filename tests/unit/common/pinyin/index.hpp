// A search index in memory, for the laws of searching.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/pinyin/search_key.hpp"

namespace dossier::pinyin {

class Index {
  public:
    void add(int record, const std::vector<Field>& fields) {
        const Document d = document(fields);
        records_[std::to_string(record)] = {tokens_of(d.name), tokens_of(d.name + d.body)};
    }
    std::set<std::string> find(std::string_view typed, Where where = Where::Anywhere) const {
        std::set<std::string> found;
        const Wanted asked = wanted(typed, where);
        if (asked.is_nothing()) return found;
        for (const auto& [record, tokens] : records_) {
            const bool of_names = where == Where::Exact || where == Where::Name;
            if (answers(asked, of_names ? tokens.of_names : tokens.all)) found.insert(record);
        }
        return found;
    }

  private:
    using Tokens = std::set<std::string>;
    struct Record {
        Tokens of_names, all;
    };

    static Tokens tokens_of(std::string_view text) {
        Tokens tokens;
        while (!text.empty()) {
            const std::size_t end = std::min(text.find(' '), text.size());
            tokens.emplace(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return tokens;
    }
    static bool answers(const Wanted& asked, const Tokens& tokens) {
        const auto one = [&](const Wanted& part) { return answers(part, tokens); };
        switch (asked.sort) {
            case Wanted::Sort::Token:
                return tokens.contains(asked.text);
            case Wanted::Sort::Beginning: {
                const auto at = tokens.lower_bound(asked.text);
                return at != tokens.end() && at->starts_with(asked.text);
            }
            case Wanted::Sort::All:
                return std::ranges::all_of(asked.parts, one);
            default:
                return std::ranges::any_of(asked.parts, one);
        }
    }

    std::map<std::string, Record> records_;
};

}  // namespace dossier::pinyin
