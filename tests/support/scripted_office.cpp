#include "tests/support/scripted_office.hpp"

#include <deque>

#include "common/base/check.hpp"
#include "common/catalog/encode.hpp"

#include "protocol/codec.hpp"

namespace dossier::test {

using catalog::Facet;
using protocol::Message;
using protocol::ScopeKey;

void ScriptedOffice::put(const ScopeKey& scope,
                         const catalog::Kind& kind,
                         const RecordId& record,
                         const FieldValues& values) {
    for (const Facet facet : catalog::facets_of(kind)) {
        const Bytes content = catalog::encode(catalog::facet_values(kind, facet, values));
        Part& part = parts_[{record, facet}];
        const auto at = logs_[scope].last.find({record, facet});
        const bool there = at != logs_[scope].last.end() && at->second.second;
        if (content.empty() && part.content.empty()) continue;
        if (there && part.content == content) continue;
        if (part.content != content) part = {kind.tag, part.fv.next(), content};
        for (auto& [key, log] : logs_) {
            const auto member = log.last.find({record, facet});
            const bool in = member != log.last.end() && member->second.second;
            if (in || key == scope) log.last[{record, facet}] = {++log.sseq, true};
        }
    }
}

void ScriptedOffice::take(const ScopeKey& scope, const RecordId& record) {
    Log& log = logs_[scope];
    for (auto& [key, last] : log.last) {
        if (key.first == record && last.second) last = {++log.sseq, false};
    }
}

ScriptedOffice::Messages ScriptedOffice::on(const Message& message) {
    if (const auto* hello = std::get_if<protocol::Hello>(&message)) return welcome(*hello);
    if (const auto* push = std::get_if<protocol::Push>(&message)) return verdicts(*push);
    if (const auto* repair = std::get_if<protocol::Repair>(&message)) {
        ++repairs;
        Messages out;
        for (const ScopeKey& scope : repair->scopes) add_batches(out, scope, 0);
        out.push_back(checkpoint());
        return out;
    }
    if (const auto* bring = std::get_if<protocol::Bring>(&message)) {
        // Tells its key and knows of no content.
        protocol::Have have{Bytes(32, 7), {}};
        for (const auto& each : bring->brought) have.answers.push_back({each.record, 1, {}});
        for (const auto& each : bring->wanted) have.answers.push_back({each, 1, {}});
        return {std::move(have)};
    }
    if (std::holds_alternative<protocol::WipeDone>(message)) return {protocol::WipeNoted{}};
    DOSSIER_CHECK(std::holds_alternative<protocol::Bye>(message));
    return {protocol::Bye{0, 0, true}};
}

ScriptedOffice::Messages ScriptedOffice::welcome(const protocol::Hello& hello) {
    cursors_.clear();
    told_.clear();
    for (const auto& cursor : hello.cursors) {
        cursors_[cursor.scope] = cursor.sseq.value;
        told_.insert(cursor.scope);
    }
    protocol::Welcome welcome;
    welcome.protocol = 1;  // no branches, no ranges
    welcome.server_now_ms = hello.device_now_ms;
    welcome.server_epoch = epoch;
    welcome.schema = schema;
    welcome.lease_until_ms = lease_until_ms;
    welcome.applied_oseq = applied;
    welcome.outbox_head = head;
    if (wipe) welcome.commands.push_back(static_cast<std::uint8_t>(protocol::Command::Wipe));
    Messages out{welcome};
    if (hello.unsent == 0 && hello.outbox_last == applied) {
        for (auto& message : verdicts(protocol::Push{{}, true})) out.push_back(std::move(message));
    }
    return out;
}

ScriptedOffice::Messages ScriptedOffice::verdicts(const protocol::Push& push) {
    Messages out;
    protocol::Verdicts answer;
    for (const auto& frozen : push.changesets) {
        auto& verdicts = answered[frozen.oseq];
        if (frozen.oseq > applied) {
            DOSSIER_CHECK(frozen.oseq == applied + 1 && frozen.prev == head);
            std::optional<Bytes> body =
                frozen.sealed ? crypto::unseal(*recovery, frozen.body) : frozen.body;
            DOSSIER_CHECK(body.has_value());
            auto changeset = protocol::decode_changeset(*body);
            DOSSIER_CHECK(changeset.has_value());
            for (const auto& op : changeset->ops) verdicts.push_back(judge(op));
            received.push_back(std::move(*changeset));
            applied = frozen.oseq;
            head = protocol::chain(head, frozen.oseq, *body);
        }
        answer.changesets.push_back({frozen.oseq, verdicts});
    }
    if (!answer.changesets.empty()) out.emplace_back(std::move(answer));
    if (!push.last || quiet_) return out;
    for (auto& message : policy()) out.push_back(std::move(message));
    return out;
}

ScriptedOffice::Messages ScriptedOffice::policy() {
    protocol::Policy policy;
    for (const ScopeKey& scope : held_) {
        policy.held.push_back(scope);
        if (!told_.contains(scope)) policy.gained.push_back(scope);
    }
    for (const ScopeKey& scope : told_) {
        if (!held_.contains(scope)) policy.lost.push_back(scope);
    }
    Messages out{policy};
    if (wipe) return out;
    for (const ScopeKey& scope : held_) add_batches(out, scope, cursors_[scope]);
    out.emplace_back(checkpoint());
    return out;
}

void ScriptedOffice::add_batches(Messages& out, const ScopeKey& scope, std::uint64_t after) {
    std::map<std::uint64_t, PartKey> order;
    for (const auto& [key, last] : logs_[scope].last) {
        if (last.first > after) order[last.first] = key;
    }
    std::vector<protocol::FacetEntry> entries;
    for (auto at = order.begin(); at != order.end();) {
        const auto& [record, facet] = at->second;
        const Part& part = parts_[at->second];
        const bool present = logs_[scope].last[at->second].second;
        entries.push_back({record, part.kind, static_cast<std::uint8_t>(facet), present,
                           present ? part.fv : Fv{}, present ? part.content : Bytes{}});
        const std::uint64_t to = at->first;
        if (++at != order.end() && entries.size() < batch_entries) continue;
        protocol::Compressor compressor;
        protocol::Batch batch;
        batch.scope = scope;
        batch.to.value = to;
        batch.count = static_cast<std::uint32_t>(entries.size());
        batch.entries =
            compressor.compress(protocol::kBatchLevel, protocol::encode_entries(entries));
        out.emplace_back(std::move(batch));
        entries.clear();
    }
}

protocol::Checkpoint ScriptedOffice::checkpoint() {
    protocol::Checkpoint checkpoint;
    for (const ScopeKey& scope : held_) {
        crypto::SetHash sum;
        protocol::ScopeState state;
        state.scope = scope;
        state.sseq.value = logs_[scope].sseq;
        for (const auto& [key, last] : logs_[scope].last) {
            if (!last.second) continue;
            const Part& part = parts_[key];
            sum.add(catalog::facet_hash(key.first, key.second, part.fv, part.content));
            ++state.count;
        }
        state.set_hash = sum.sum;
        checkpoint.scopes.push_back(state);
    }
    return checkpoint;
}

Result<client::Report> sync(client::Engine& engine, ScriptedOffice& office, int cut) {
    auto first = engine.start();
    if (!first) return pass(first);
    std::deque<Message> to_office(first->begin(), first->end());
    int delivered = 0;
    while (!to_office.empty()) {
        const Message message = std::move(to_office.front());
        to_office.pop_front();
        for (const Message& answer : office.on(message)) {
            if (delivered++ == cut) return engine.report();
            auto next = engine.on(answer);
            if (!next) return pass(next);
            to_office.insert(to_office.end(), next->begin(), next->end());
        }
    }
    return engine.report();
}

}  // namespace dossier::test
