// A workflow is a table: the states of one kind of record and the steps between them, each with who
// may take it, whose earlier signature forbids it, what must hold, what it carries, until when, and
// what it does. One header a workflow; machines.hpp lists them. Data only: guards and effects are
// names here and functions at the office's door (server/intake/step_table.cpp), so that a laptop
// can offer a step from the same row. Source: architecture 4, domain 4.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "common/access/decide.hpp"
#include "common/catalog/field.hpp"

namespace dossier::workflow {

enum class Guard : std::uint8_t;
enum class Effect : std::uint8_t;

/// What a record waits for in a state: the signatures of a chain (chains.hpp), and which of its
/// steps the office takes when they are there, or refused, returned, withdrawn or out of time.
struct Awaited {
    std::string_view approval = {};  ///< a code of approval.kind; empty = it waits for none
    std::string_view when_signed = {};
    std::string_view otherwise = {};
};

/// Where a record may stand in its workflow.
struct State {
    std::string_view code;  ///< one of the choices of the machine's state field
    bool is_first = false;  ///< records begin here
    bool is_final = false;  ///< no step leads on
    bool is_goal = false;   ///< of the final ones: where the workflow is meant to lead
    /// What was to be decided is decided here: a further decision is a second one.
    bool is_decided = false;
    Text label = {};  ///< where the state is no choice of a field; empty = the label of the choice
    std::string_view led_by = {};  ///< the workflow that leads here, where none of this table does
    std::span<const Guard> begins_with = {};  ///< what must hold of a record that is made here
    Awaited awaits = {};
    /// What the office does of itself when a record is made here.
    Effect on_arrival = {};
};

/// How the right to a step is decided.
enum class Authority : std::uint8_t {
    Operation,  ///< by the table of operations, on the record itself
    Author,     ///< who made the record
    Superior,   ///< the direct superior of whose file it is
    Role,       ///< a role named in the row whose holder reads the record
    Grant,      ///< who may manage the access a grant gives, to everything it names
    Matter,     ///< by the table of operations, on the record a case or proposal is about
    Files,      ///< by the table of operations, on every customer file the record names
    Assignee,   ///< the person the record belongs to
    Asked,      ///< of whom the record itself asks it (`Kind::asks`)
    Signer,     ///< of those, who holds the role whose signature is next
    Office,     ///< the office itself, never a person
};

/// One way to hold the right to a step; any of a row's is enough.
struct Right {
    Authority by = Authority::Office;
    access::Operation operation = access::Operation::View;
    catalog::Facet facet = catalog::Facet::Main;
    std::span<const access::Role> roles = {};
    /// The right is enough only where nothing but these fields is carried; empty = any.
    std::span<const std::string_view> limited_to = {};
    /// Where those it is usually for may not: its holders are not asked for it.
    bool stands_in = false;
    /// Of all who hold an operation, the roles whose work the step is: they are given the task.
    std::span<const access::Role> asked = {};

    /// The roles whose holders are named as who should take the step; empty = told in another way.
    [[nodiscard]] constexpr std::span<const access::Role> expected() const {
        return by == Authority::Role && !stands_in ? roles : asked;
    }
};

/// Which of two rows of one event holds: a condition on the record alone.
enum class When : std::uint8_t {
    Always,
    ForPerson,   ///< the case was opened for a person
    ByPolicy,    ///< the case was settled by policy before anybody ruled (C-02)
    MoreToSign,  ///< the chain of signatures goes on after this one
    LastToSign,  ///< this signature is the last
    Inspected,   ///< the file is inspected before it is posted
    Waived,      ///< its region does not inspect it (D-02)
    Key,         ///< it is a key customer
    NotKey,
    TopSecret,  ///< the mark is of level 3
    BelowTop,   ///< the mark is of a lower level
};

/// What must hold before a step is taken. Bound to functions at the office's door.
enum class Guard : std::uint8_t {
    HasSuperior,        ///< somebody can take the next step
    SubmissionFilled,   ///< the fields of the submission profile (domain 2.5.7)
    NoCommunication,    ///< nobody wrote of it yet
    NothingOpen,        ///< no open case or proposal about the file
    NotDestroyed,       ///< something is left of the file
    ChosenIsCurrent,    ///< the value ruled for is what the office has now
    ProposedIsCurrent,  ///< the value proposed is what the office has now
    FilesRemain,        ///< both files are there, two of them, not merged yet
    AbsorbedSettled,    ///< no open case or proposal about the file that is absorbed
    /// Files of level 2 and above or of two owners: another proposed it, a manager does it (D-49).
    SecondPerson,
    MergedFirst,       ///< the survivor was not merged further
    InTimeToPart,      ///< the merge is young enough to be taken back
    NoStepWaits,       ///< the task is of its own: that of a step ends with the step
    OfficeMade,        ///< who made the file might post it: of others a superior reviews it first
    Checked,           ///< who signs wrote down what he checked, and how (R-032)
    NoTwin,            ///< no file looks so much like it that it may not be posted (RP-15)
    TwinRemains,       ///< the file it is a duplicate of is there
    HandsOwnFiles,     ///< the files that are handed over are his who hands them over
    ReceiverWorks,     ///< who receives them is another, works here and may have files
    LaptopsBroughtIn,  ///< of who leaves: what his laptops hold has been brought in
    BatchFilled,       ///< some file was loaded with it
    ConsentToTrade,    ///< the first order: the customer's consent, or a legal basis
    IdentityProven,    ///< the first order: proof who the customer is (R-029)
    LinesAddUp,        ///< the lines of an order give its amount
    PaidInFull,        ///< nothing of the order is outstanding
    ContractSigned,    ///< signers and day are there, and fit the contract beside it
    /// Of a key customer: somebody spoke with him in the quarter; a talk that is named is one of
    /// those.
    ContactInQuarter,
    FileSettled,              ///< no open case or proposal about the file it lies in
    InvestigatorIndependent,  ///< neither the respondent nor one of his people (R-219)
    PartiesInformed,    ///< both parties, and the respondent or his superior, were told (R-220)
    ContentSaid,        ///< it is said whether service or business is complained of, and how
    SeverityBased,      ///< what is malignant says why (R-215)
    InvalidFits,        ///< the reason of invalidity fits the complaint (R-214)
    CustomerAnswered,   ///< the customer has been answered
    RecentlyClosed,     ///< it was closed not too long ago
    NotRespondent,      ///< who decides is not who is complained of
    PostedWithBatch,    ///< a file of a batch is posted with it (R-031)
    NeverDealtWith,     ///< no contract, order or complaint is in the file (domain WF-01)
    ComplaintsSettled,  ///< no complaint of the customer is open (domain WF-01)
    MarkFits,           ///< a mark has a term, at level 3 a circle, and something it may stand on
    TermOver,           ///< it is over
    NotHeld,            ///< no legal hold lies on what is marked
    RequestFits,        ///< the files asked for are known to who asks, the term is not too long
    DisclosureFits,     ///< the customer agreed to it, or the law does; the fields have values
    ReportFits,         ///< the laptop reported lost is there
    LiabilityJudged,    ///< it is said whether the superior is liable, and why
    VersionIsNew,       ///< no other document of this code has this version
    PolicyInEffect,     ///< what is acknowledged is in effect, and by who read it
};

/// What a step does beyond state, signature and the values it carries.
enum class Effect : std::uint8_t {
    None,
    NumberFile,        ///< gives the customer number where there is none
    ClearRuling,       ///< takes back what the ruling said
    MergeFiles,        ///< moves the absorbed file into the survivor
    PartFiles,         ///< moves it back
    Countersign,       ///< adds who signs to those who did, and names the next role
    ChooseInspection,  ///< decides by its region whether the file is inspected
    PassOn,            ///< keeps when the office took the superior's signature
    ProposeMerge,      ///< proposes the merge with the file it is a duplicate of
    ListOpenItems,     ///< writes down what is still open of what is handed over
    HandOverFiles,     ///< gives the files to their new owner
    Reassign,          ///< gives what there is to do about a file to its new owner
    CountBatch,        ///< counts the files of a batch, those posted and those held up
    RestateCustomer,   ///< judges how the customer stands now (RP-12)
    KeepVerified,      ///< keeps when the file was verified, and when it is due again
    TimePlan,          ///< notes whether the plan came in time (R-221)
    AskLeader,         ///< asks the direct leader of who reports (R-222)
    JudgeComplaint,    ///< what the judgement makes of the complaint
    ReopenComplaint,   ///< takes the judgement back
    MakeKey,           ///< the customer is a key customer, or no more (D-42)
    TakeMark,          ///< gives what is marked its level, in place of the mark that stood there
    EndMark,           ///< gives it the level that is left without the mark
    GiveAccess,        ///< makes the grant that was asked for
    FixValues,         ///< keeps what is given to an outsider, and its hash
    TakeReport,        ///< names the superior; blocks the reporter's own laptop that is lost
    NameSuperior,      ///< names the direct superior of who is responsible
    IssueDocument,     ///< ends the version that was in effect, and tells everybody
    NoteVersion,       ///< keeps which version was read
};

/// Who is told of a step by a notification, beside who must act next.
enum class Told : std::uint8_t {
    Author,       ///< who made the record
    Owner,        ///< whose customer it is
    Keepers,      ///< who keeps the archive
    Subscribers,  ///< whose department asked to hear of verified changes (R-026)
};

/// A field of the record that the event may carry.
struct Input {
    std::string_view field;
    bool required = false;
};

/// The last day to take a step: so many days after the day it became possible (0 = there is none),
/// until 24:00 in office time. Source: domain 0.3.
struct Due {
    int days = 0;
    /// Setting by which the company counts other days; empty = none.
    std::string_view setting = {};
    /// Field with the time it counts from; empty = since the record is in this state.
    std::string_view since = {};
    /// Field that says the day itself, where it does.
    std::string_view on = {};
};

struct Step {
    std::span<const std::string_view> from;  ///< states; none = the step makes the record
    std::string_view event;
    Text label;
    std::string_view to;  ///< empty = the state stays
    std::span<const Right> who;
    /// Fields that name earlier signers: who signed there may not take this step (domain 3.1).
    std::span<const std::string_view> differs_from = {};
    When when = When::Always;
    std::span<const Guard> guards = {};
    std::span<const Input> inputs = {};
    /// The input whose value names the state it leads to, where several rows share the event.
    std::string_view chosen_by = {};
    bool says_why = false;  ///< the changeset must give a reason
    /// It ends the record as its removal would: who removes it is asked what this step asks.
    bool like_removal = false;
    /// Records of this kind are what it was signed on: none that the record had then is removed.
    const catalog::Kind* rests_on = nullptr;
    bool keeps_reach = false;  ///< who takes it must still have the right when it is done
    bool at_office = false;    ///< a laptop cannot ask for it
    /// Carries further fields of its own, checked by its effect.
    bool takes_values = false;
    /// Whom the record asks it of has it for a task, whoever takes the step (`Kind::asks`).
    bool is_asked_for = false;
    Due due = {};
    /// Field with the day on which the office takes the step by itself.
    std::string_view on_day = {};
    bool after_day = false;           ///< not on that day, but once it is over
    std::string_view signed_by = {};  ///< field that keeps who took the step
    std::string_view signed_at = {};  ///< field that keeps when, by event time (domain 0.3)
    std::string_view because = {};    ///< field that keeps the reason given
    Effect effect = Effect::None;
    std::span<const Told> tells = {};
};

struct Machine {
    std::string_view name;
    Text label;
    std::string_view source;  ///< of the domain page: "WF-01"
    const catalog::Kind* kind;
    /// Field of `kind` that says the state: an enumeration, a number with names, or a time whose
    /// absence is the first of two states.
    std::string_view state_field;
    std::span<const State> states;
    std::span<const Step> steps;
    /// Kind of the record the event names, where that is another: a merge is asked of the customer.
    const catalog::Kind* asked_of = nullptr;
    /// Fields people call the record by, '|' between, best first: "number … is settled".
    std::string_view called_by = {};
    /// Each step is a line in the record's own history; where it is not, the history lies in the
    /// files the record names.
    bool has_history = true;
    /// Its steps carry more than their rows say, a ruling its value: actions of their own take
    /// them.
    bool own_actions = false;
    /// What the record it names (entity, subject_id) waits for is decided when it comes to its end.
    bool answers_subject = false;
    /// "field=code": of other records of the kind it does not speak; empty = of all.
    std::string_view only_when = {};

    [[nodiscard]] constexpr const catalog::Kind& named() const {
        return asked_of == nullptr ? *kind : *asked_of;
    }
};

}  // namespace dossier::workflow
