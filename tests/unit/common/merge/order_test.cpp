// The order in which laptops reach the office decides nothing: random edits, random orders.
#include <algorithm>

#include "common/catalog/canonical.hpp"

#include "tests/support/law.hpp"
#include "tests/unit/common/merge/office.hpp"

using namespace dossier;
using namespace dossier::merge;
using namespace dossier::merge::test;
using catalog::Merge;
using catalog::Type;
using dossier::test::Draw;
using dossier::test::holds;
using Edits = std::vector<GroupEdit>;

namespace {

constexpr std::uint8_t kDevicesMax = 5;

int ranks(int choice) {
    constexpr int kRanks[] = {30, 50, 70, 90};
    return kRanks[choice];
}

/// One to five authors, all of whom saw `base`; `make` draws a value. Times may tie.
template <class Make>
Edits unaware_edits(Draw& draw, const FieldValues& base, Make make) {
    Edits edits;
    const int count = draw.between(1, kDevicesMax + 1);
    for (std::uint8_t device = 1; device <= count; ++device) {
        const auto at = draw.between<std::int64_t>(60, 70);
        const int rank = ranks(draw.between(0, 4));
        edits.push_back({base, make(draw), stamp(at, device, 1, rank), Fv{1}});
    }
    return edits;
}

/// Each author edits his own last value, unsent, one to three times.
template <class Make>
std::vector<Edits> chains(Draw& draw, const FieldValues& base, Make make) {
    std::vector<Edits> all;
    const int count = draw.between(1, 4);
    for (std::uint8_t device = 1; device <= count; ++device) {
        const int rank = ranks(draw.between(0, 4));
        const int length = draw.between(1, 4);
        Edits chain;
        std::int64_t at = 60;
        FieldValues seen = base;
        for (int i = 0; i < length; ++i) {
            at += draw.between(0, 6);
            const auto next = make(device, seen);
            chain.push_back(
                {seen, next, stamp(at, device, static_cast<std::uint64_t>(i), rank), Fv{1}});
            seen = next;
        }
        all.push_back(std::move(chain));
    }
    return all;
}

Edits shuffled(Draw& draw, Edits edits) {
    for (std::size_t i = edits.size(); i > 1; --i) {
        std::swap(edits[i - 1], edits[draw.between<std::size_t>(0, i)]);
    }
    return edits;
}

/// A random order in which each author's edits keep theirs.
Edits interleaved(Draw& draw, std::vector<Edits> all) {
    Edits order;
    for (;;) {
        std::erase_if(all, [](const Edits& chain) { return chain.empty(); });
        if (all.empty()) return order;
        auto& chain = all[draw.between<std::size_t>(0, all.size())];
        order.push_back(chain.front());
        chain.erase(chain.begin());
    }
}

Office after(const catalog::Field& field, const FieldValues& base, const Edits& edits) {
    Office office(field, base);
    for (const auto& edit : edits) office.receive(edit);
    return office;
}

FieldValues draw_group(Draw& draw) {
    const auto letter = [&draw] { return draw.element<std::string>("a", "b", "c", "d"); };
    const auto first = letter();
    return group(first, letter());
}
Value draw_list(Draw& draw, const catalog::Field& field) {
    const int count = draw.between(0, 4);
    std::vector<std::string> words;
    while (static_cast<int>(words.size()) < count) {
        const auto word = draw.element<std::string>("a", "b", "c", "d");
        if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
    }
    if (field.type == Type::Set) std::sort(words.begin(), words.end());
    return list(words);
}

void one_value_in_any_order(Merge policy) {
    holds([policy](Draw& draw) {
        const auto field = field_of(policy);
        const auto base = group("a", "a");
        const auto edits = unaware_edits(draw, base, draw_group);
        RC_ASSERT(after(field, base, edits).state.values ==
                  after(field, base, shuffled(draw, edits)).state.values);
    });
}

}  // namespace

TEST_SUITE("common/merge/order") {
    TEST_CASE(
        "latest: unaware edits of one base end in one value, equal choices and ties included") {
        one_value_in_any_order(Merge::Latest);
    }
    TEST_CASE("authority: unaware edits of one base end in one value") {
        one_value_in_any_order(Merge::Authority);
    }
    TEST_CASE("greatest and smallest: unaware edits of one base end in one value") {
        for (const auto policy : {Merge::Max, Merge::Min}) {
            holds([policy](Draw& draw) {
                const auto field = field_of(policy, Type::Int);
                const auto number = [](Draw& from) {
                    return one(from.between<std::int64_t>(0, 6));
                };
                const auto edits = unaware_edits(draw, one(std::int64_t{3}), number);
                RC_ASSERT(after(field, one(std::int64_t{3}), edits).state.values ==
                          after(field, one(std::int64_t{3}), shuffled(draw, edits)).state.values);
            });
        }
    }
    TEST_CASE("union and append: unaware edits of one base end in one list, to the byte") {
        for (const auto policy : {Merge::Union, Merge::Append}) {
            for (const auto type : {Type::List, Type::Set}) {
                holds([policy, type](Draw& draw) {
                    const auto field = field_of(policy, type);
                    const auto base = one(draw_list(draw, field));
                    const auto edits = unaware_edits(
                        draw, base, [&field](Draw& from) { return one(draw_list(from, field)); });
                    RC_ASSERT(after(field, base, edits).state.values ==
                              after(field, base, shuffled(draw, edits)).state.values);
                });
            }
        }
    }
    TEST_CASE("review: the value and the candidates are one set in any order") {
        for (const auto policy : {Merge::Review, Merge::ReviewIfBoth, Merge::Append}) {
            holds([policy](Draw& draw) {
                const auto base = policy == Merge::Append ? FieldValues{} : group("a", "a");
                const auto edits = unaware_edits(draw, base, draw_group);
                const auto field = field_of(policy);
                RC_ASSERT(after(field, base, edits).choices() ==
                          after(field, base, shuffled(draw, edits)).choices());
            });
        }
    }
    TEST_CASE("latest and authority: unsent chains end in one value, also when values come back") {
        for (const auto policy : {Merge::Latest, Merge::Authority}) {
            holds([policy](Draw& draw) {
                const auto base = group("a", "a");
                const auto all =
                    chains(draw, base, [&](int, const FieldValues&) { return draw_group(draw); });
                const auto field = field_of(policy);
                RC_ASSERT(after(field, base, interleaved(draw, all)).state.values ==
                          after(field, base, interleaved(draw, all)).state.values);
            });
        }
    }
    TEST_CASE("latest: what stays is the edit with the latest stamp of all that changed anything") {
        holds([](Draw& draw) {
            const auto base = group("a", "a");
            const auto all =
                chains(draw, base, [&](int, const FieldValues&) { return draw_group(draw); });
            const auto order = interleaved(draw, all);
            const GroupEdit* last = nullptr;
            for (const auto& edit : order) {
                if (edit.base == edit.values) continue;
                if (last == nullptr || edit.stamp.later_than(last->stamp)) last = &edit;
            }
            const auto office = after(field_of(Merge::Latest), base, order);
            RC_ASSERT(office.state.values == (last == nullptr ? base : last->values));
        });
    }
    TEST_CASE("review: unsent chains of different values leave one set: each author's last word") {
        holds([](Draw& draw) {
            const auto base = group("v", "v");
            int next = 0;
            const auto all = chains(draw, base, [&](int device, const FieldValues&) {
                return group(std::to_string(device), std::to_string(++next));
            });
            const auto field = field_of(Merge::Review);
            std::set<FieldValues> words;
            for (const auto& chain : all) words.insert(chain.back().values);
            RC_ASSERT(after(field, base, interleaved(draw, all)).choices() == words);
        });
    }
    TEST_CASE("union: unsent chains that take nothing back end in one set in any order") {
        holds([](Draw& draw) {
            const auto base = one(list({"a", "b", "c", "d"}));
            int fresh = 0;
            const auto all = chains(draw, base, [&](int device, const FieldValues& seen) {
                auto words = catalog::elements(seen.front().value);
                const bool removes = !words.empty() && draw.coin() &&
                                     words.front().size() == 3;  // "a" … "d" in quotes
                if (removes) words.erase(words.begin());
                words.push_back("\"" + std::to_string(device) + "-" + std::to_string(++fresh) +
                                "\"");
                return one(catalog::from_elements(field_of(Merge::Union, Type::Set), words));
            });
            const auto field = field_of(Merge::Union, Type::Set);
            RC_ASSERT(after(field, base, interleaved(draw, all)).state.values ==
                      after(field, base, interleaved(draw, all)).state.values);
        });
    }
    TEST_CASE("append: unsent chains end in one list, to the byte") {
        holds([](Draw& draw) {
            const auto base = one(list({"m"}));
            int fresh = 0;
            const auto field = field_of(Merge::Append, Type::List);
            const auto all = chains(draw, base, [&](int device, const FieldValues& seen) {
                auto words = catalog::elements(seen.front().value);
                ++fresh;
                words.push_back("\"" + std::to_string(9 - fresh % 9) + std::to_string(device) +
                                "-" + std::to_string(fresh) + "\"");
                return one(catalog::from_elements(field, words));
            });
            RC_ASSERT(after(field, base, interleaved(draw, all)).state.values ==
                      after(field, base, interleaved(draw, all)).state.values);
        });
    }
}
