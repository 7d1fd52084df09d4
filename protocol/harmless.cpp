#include "protocol/harmless.hpp"

#include "common/base/safe_text.hpp"
#include "common/base/text.hpp"

namespace dossier::protocol {
namespace {

void clean(std::string& words) {
    words = safe_text(words, Lines::Keep);
}
void clean(std::vector<std::string>& args) {
    for (auto& arg : args) clean(arg);
}

/// Whatever has no words of people in it.
template <class T>
void clean_message(T&) {}
void clean_message(Enrol& enrol) {
    clean(enrol.device_name);
    clean(enrol.app_version);
}
void clean_message(Enrolled& enrolled) {
    clean(enrolled.device_code);
    clean(enrolled.user_name);
}
void clean_message(Hello& hello) {
    clean(hello.app_version);
}
void clean_message(Welcome& welcome) {
    clean(welcome.notice);
}
void clean_message(Verdicts& verdicts) {
    for (auto& changeset : verdicts.changesets) {
        for (auto& verdict : changeset.verdicts) {
            clean(verdict.reason);
            clean(verdict.args);
        }
    }
}
void clean_message(Refusal& refusal) {
    clean(refusal.fault);
    clean(refusal.args);
}

}  // namespace

void make_harmless(Message& message) {
    std::visit([](auto& held) { clean_message(held); }, message);
}

void make_harmless(merge::Changeset& changeset) {
    clean(changeset.reason);
    clean(changeset.source);
    for (auto& op : changeset.ops) {
        for (FieldValue& seen : op.base) {
            auto* text = std::get_if<std::string>(&seen.value);
            if (text != nullptr && has_forbidden_character(*text)) clean(*text);
        }
    }
}

}  // namespace dossier::protocol
