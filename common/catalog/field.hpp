// The shape of the catalog: what a kind and a field are. The content is one table per area
// (customer.hpp, activity.hpp, document.hpp, organisation.hpp); everything else derives from the
// tables.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "common/base/text.hpp"

namespace dossier::catalog {

/// How a value is stored and read. Source: domain 2.1.
enum class Type : std::uint8_t {
    Text,         ///< ≤ length_max characters, canonical (`canonical_text`)
    Int,          ///< min … max
    Money,        ///< whole fen (分), min … max
    BasisPoints,  ///< 0 … 10000
    Bool,         ///< 0 or 1
    Date,         ///< "YYYY-MM-DD"
    Time,         ///< milliseconds UTC
    Enum,         ///< one code of `choices`
    Set,          ///< JSON array of codes of `choices`, sorted, unique
    List,     ///< JSON array of texts or of objects with sorted keys, ≤ length_max characters an
              ///< element
    Json,     ///< one JSON structure with sorted keys, ≤ length_max characters
    Ref,      ///< id of a record of kind `target`
    RefList,  ///< JSON array of ids (lower-case UUID text) of kind `target`, sorted, unique
};

/// Extra test of a well-typed value. Source: the constraint column of domain 2.
enum class Check : std::uint8_t {
    None,
    UnifiedCode,     ///< GB 32100; a code whose check fails is kept and marked (doubt.hpp)
    IdNumber,        ///< number of an identity document (identity.hpp)
    Phone,           ///< E.164 or Chinese fixed line, digits with + - ( ) space
    Phones,          ///< list of {kind: mobile|office|home, number}
    Email,           ///< RFC 5322 addr-spec, one @, no space
    Country,         ///< ISO 3166 alpha-2; typed by any name of the country
    District,        ///< GB/T 2260: six digits; typed by the name of a district
    Geo,             ///< "lat,lng" in 1e-6 degrees
    NotFuture,       ///< date ≤ today in office time, time ≤ now + 10 min
    DateOrMonthDay,  ///< "YYYY-MM-DD" or "--MM-DD"
    Shares,          ///< [{name, share_bp}], sum of share_bp ≤ 10000
    ValidPeriod,     ///< yyyyQn
    Province,        ///< GB/T 2260: six digits of one of the 34 provincial divisions
    RecordId,        ///< UUID text: a record of a kind that is not in the catalog
    PublicKey,       ///< 32 bytes in lower-case hexadecimal
    FileName,        ///< one name without a path: no separator, not hidden
    ContentId,       ///< 32 bytes in lower-case hexadecimal: the digest of a content
    City,            ///< GB/T 2260: six digits; typed by the name of a city
    Industry,        ///< GB/T 4754: a letter and two digits; another text is kept and marked
};

/// What a text the office writes stands for: people read the words, in their language.
enum class Says : std::uint8_t {
    Itself,
    Kind,      ///< name of a kind
    Workflow,  ///< name of a workflow
    Step,      ///< name of a step of the workflow its record names
    Roles,     ///< codes of roles
    Both,      ///< words in both languages, and what is said to them: "退回/return: 缺门牌号"
};

/// Least secrecy level of a field (密级, domain 0.4); Inherit = that of its record.
enum class Level : std::int8_t { Inherit = -1, L0 = 0, L1 = 1, L2 = 2, L3 = 3 };

/// What happens when two sides changed the same base. Source: domain 2.1, architecture 6.
enum class Merge : std::uint8_t {
    Latest,       ///< LW: later corrected time wins
    Authority,    ///< HA: higher rank wins; controlled (F2)
    Union,        ///< UN: elements added by either side stay
    Append,       ///< AO: elements are never changed
    Review,       ///< NR: a person decides; controlled (F2)
    ServerOnly,   ///< SV: the office or a workflow sets it
    Immutable,    ///< IM: set at creation
    Computed,     ///< CP: derived after the merge
    Max,          ///< greater value wins
    Min,          ///< smaller value wins
    ReviewIfBoth  ///< "NR if both edited, else LW" and re-pointing: takes effect at once, but an
                  ///< unaware second edit goes to review; not controlled
};

/// What a laptop may hold of a field. Source: domain 2.1 "off", 3.4.
enum class Offline : std::uint8_t { Yes, Masked, Grant, Never };

/// Who may write a field: the letters of domain 2.1 as a set.
using Writers = std::uint32_t;
inline constexpr Writers kOwner = 1U << 0U;           // O
inline constexpr Writers kService = 1U << 1U;         // S
inline constexpr Writers kClerk = 1U << 2U;           // I
inline constexpr Writers kKeeper = 1U << 3U;          // K
inline constexpr Writers kInspector = 1U << 4U;       // V
inline constexpr Writers kRegional = 1U << 5U;        // R
inline constexpr Writers kMarket = 1U << 6U;          // M
inline constexpr Writers kDirector = 1U << 7U;        // D
inline constexpr Writers kServiceManager = 1U << 8U;  // C
inline constexpr Writers kSupervisor = 1U << 9U;      // U
inline constexpr Writers kGeneral = 1U << 10U;        // G
inline constexpr Writers kPlanning = 1U << 11U;       // P
inline constexpr Writers kProject = 1U << 12U;        // J
inline constexpr Writers kAdmin = 1U << 13U;          // A
inline constexpr Writers kTechnician = 1U << 14U;     // TE
inline constexpr Writers kSystem = 1U << 15U;         // Y: computed
inline constexpr Writers kWorkflow = 1U << 16U;       // W: only through its workflow
inline constexpr Writers kSelf = 1U << 17U;           // own: the person the record is about
inline constexpr Writers kSuperior = 1U << 18U;       // the direct superior of that person

/// One code of an enumeration and how people read it.
struct Choice {
    std::string_view code;
    Text label;
    std::string_view others = {};  ///< further names people write, '|'-separated
};

/// Presets that name no value but its author's: himself, his region, his department.
inline constexpr std::string_view kAuthor = "author";
inline constexpr std::string_view kAuthorRegion = "author_region";
inline constexpr std::string_view kAuthorDepartment = "author_department";

struct Field {
    std::uint16_t tag;  ///< stable number on wire and disk, unique in the kind; 1–15 are common
    std::string_view name;  ///< SQL column, JSON key, long option
    Text label;
    Type type;
    std::uint32_t length_max = 0;  ///< characters; of one element for lists
    std::span<const Choice> choices = {};
    std::string_view target = {};  ///< kinds a reference may name, '|' between; empty = it depends
    Check check = Check::None;
    std::int64_t min = 0;
    std::int64_t max = INT64_MAX;
    Level level = Level::Inherit;
    Writers writers = 0;
    Merge merge = Merge::Latest;
    Offline offline = Offline::Yes;
    std::string_view group = {};  ///< fields with the same word merge as one value; empty = alone
    bool required = false;   ///< for a new draft; what a later stage needs is in completeness.hpp
    bool unique = false;     ///< among records not merged or deleted
    bool directory = false;  ///< part of the directory everybody may look up (查目录)
    /// Stays in the directory of a file of level 2 and above: what its number and name tell.
    bool outline = false;
    std::string_view aliases = {};  ///< further column headings on import, '|'-separated
    bool blanks = false;            ///< a text in which "无" is no value: a postcode, a website
    /// Names a record of its own kind that stands above it: no record stands above itself
    /// (references.hpp).
    bool tree = false;
    /// Says to the state which party this is: no rule for many cases at once decides it.
    bool identifies = false;
    /// The field of the same record that stands in where this one is empty: it is shown then, and
    /// enough where this one is required.
    std::string_view instead = {};
    /// What the door fills in where nobody said anything: as typed, or what the author is or
    /// belongs to (`kAuthor` …; `with_presets`); "+key" = so many days from then as the office's
    /// setting of that key says, "++key/field" = so many years, by the setting of the record's
    /// number in that field; filled in by the office alone.
    std::string_view preset = {};
    /// How people read what the office wrote into it.
    Says says = Says::Itself;
    /// "scheme_id.values": one of what the list of that name holds in the record named there.
    std::string_view among = {};
};

/// What decides who sees a record of a kind.
enum class Belongs : std::uint8_t {
    Customer,       ///< to a customer: itself or through `parent`
    Person,         ///< to the user in `parent`, or of the record there: work logs
    Organisation,   ///< to everybody: people's names, regions, departments
    Administration  ///< to its person and the administrators: devices, grants, assignments
};

/// Whose work a kind's records are: which right makes and changes them (access/decide.hpp).
enum class MadeBy : std::uint8_t {
    File,            ///< who may add to the customer's file
    Record,          ///< who records what he did: communications, work logs
    Administration,  ///< administrators: people, regions, devices
    Access,          ///< who may grant access
    Office,          ///< the office alone, by its events; no person makes, sets or removes one
    Letters,         ///< whom the letters of its fields name; from then on it is the office's
};

/// What makes a kind special is said here, once; nothing outside the catalog asks for its name.
/// Lists of fields are names with '|' between.
/// A list people open by its name: what it is called, and the filter that makes it.
struct Scene {
    Text label;
    std::string_view where;
};

struct Kind {
    std::uint16_t tag;      ///< stable number on wire and disk
    std::string_view name;  ///< SQL table, JSON, command word
    Text label;
    std::span<const Field> fields;  ///< without the common ones
    Level level;                    ///< default secrecy level of a new record
    Belongs belongs;
    std::string_view parent = {};     ///< field that names the record this one hangs on
    std::string_view title = "name";  ///< field people recognise a record by
    std::string_view unique_together =
        {};                              ///< fields whose values identify a record, '|'-separated
    std::string_view list_columns = {};  ///< what its lists show, '|'-separated
    /// The field its lists are usually ordered by; empty = as they were made, newest first.
    std::string_view list_order = {};
    /// Its lists usually begin with the greatest of that field: papers lie newest in front.
    bool newest_first = false;
    std::span<const Scene> scenes = {};  ///< the lists it is worked through by
    /// Fields people filter long lists by, '|'-separated: they lie in the list's index.
    std::string_view list_filters = {};
    MadeBy made_by = MadeBy::File;
    /// Made and changed by actions of its own (user, device, access_grant): no derived ones.
    bool own_actions = false;
    /// What comes late only adds to what is there: it is taken whatever changed meanwhile.
    bool only_adds = false;
    /// Its author may take it back for a week (access/slip.hpp).
    bool taken_back = false;
    /// Field that says since when the office holds it as final; such a kind is final a week after
    /// it was made in any case.
    std::string_view locked_by = {};
    /// What people may do depends on its records: a change is a change of rights.
    bool decides_rights = false;
    /// Field that names the people a matter of the office (case, proposal) is told to.
    std::string_view concerns = {};
    /// Field that names the record this is a later version of, in the same file.
    std::string_view version_of = {};
    /// Field that names a content (common/content).
    std::string_view content = {};
    /// Of the records of one parent only one has this flag: the one that got it last (C-37). Of a
    /// kind that hangs on nothing one of all.
    std::string_view one_flag = {};
    /// One of them always has that flag: it is given to another, never laid down.
    bool flag_stays = false;
    /// Fields people call a record by, best first; empty = its title.
    std::string_view known_by = {};
    /// Fields its forms ask for first; the others follow in the order of the table.
    std::string_view form = {};
    /// Its records are the people who work here: they act, and are found by whoever does.
    bool acts = false;
    /// Its records are people at a customer: known by a name with phones and mails, which tell
    /// which customer it is.
    bool people = false;
    /// Field that names the other end of a link from the record it hangs on: never that one itself.
    std::string_view other_end = {};
    /// "field=code": the other end of such a link stands above, and no record above itself.
    std::string_view above_when = {};
    /// Field whose beginning tells what a record says, where its title does not; empty = the title.
    std::string_view excerpt = {};
    /// All it says is a person's own, and stays within what he consented to (C-32).
    bool personal = false;
    /// "field=code": the record is a person's then, and what it says on level 2 and above his own.
    std::string_view person_when = {};
    /// Field that names whom the record asks something of: he reads it whosever file it lies in.
    /// Where it, or what stands in for it, names a department, its manager is asked.
    std::string_view asks = {};
    /// Field that names of whom the record complains: he writes nothing of it but what he took down
    /// himself, and decides nothing.
    std::string_view against = {};
    /// Code of the role whose holders are told of every new record, and the fields that keep whom
    /// and when.
    std::string_view tells_role = {};
    std::string_view told_to = {};
    std::string_view told_at = {};
    /// "field=TS-{yyyymm}-{4}": the number the office gives a new record, counted from 1 in each
    /// month, or in each year where it says {yyyy}; {n} = so many digits at least.
    std::string_view numbered = {};
};

/// Sync, permission and hash unit: the fields of a record that share level and offline rule.
/// The number is on wire and disk. Source: architecture 3.
enum class Facet : std::uint8_t {
    Directory = 1,  ///< number, name, owner, region, state: what the directory shows
    Main = 2,       ///< offline Yes, level of the record
    Personal = 3,   ///< offline Yes, level 1 at least
    Masked = 4,     ///< leaves the office only with its middle hidden
    Granted = 5,    ///< on a laptop only under an offline grant
    Closed = 6,     ///< never on a laptop
};
inline constexpr std::array kFacets{Facet::Directory, Facet::Main,    Facet::Personal,
                                    Facet::Masked,    Facet::Granted, Facet::Closed};

constexpr Facet facet_of(const Field& field) {
    if (field.offline == Offline::Never) return Facet::Closed;
    if (field.offline == Offline::Grant) return Facet::Granted;
    if (field.offline == Offline::Masked) return Facet::Masked;
    if (field.directory) return Facet::Directory;
    return field.level >= Level::L1 ? Facet::Personal : Facet::Main;
}

/// What no person sets or removes once it is there: the office's own, by its events.
constexpr bool is_written_by_office(const Kind& kind) {
    return kind.made_by == MadeBy::Office || kind.made_by == MadeBy::Letters;
}
/// Controlled fields (F2): an edit by someone who may only propose is kept as a proposal.
constexpr bool is_controlled(const Field& field) {
    return field.merge == Merge::Authority || field.merge == Merge::Review;
}
/// Filled in every record: no other field stands in for it.
constexpr bool is_always_filled(const Field& field) {
    return field.required && field.instead.empty();
}
/// Fields no person sets directly (F3 and computed).
constexpr bool is_server_set(const Field& field) {
    return field.merge == Merge::ServerOnly || field.merge == Merge::Computed;
}

/// Somebody's letter is among its writers: neither the office alone nor a workflow fills it.
constexpr bool is_of_people(const Field& field) {
    return (field.writers & ~(kSystem | kWorkflow)) != 0;
}

/// Tags of the columns every record has (common_fields.hpp); a kind's own fields begin above.
inline constexpr std::uint16_t kCreatedAt = 1;
inline constexpr std::uint16_t kCreatedBy = 2;
inline constexpr std::uint16_t kCreatedDevice = 3;
inline constexpr std::uint16_t kSecrecyLevel = 4;
inline constexpr std::uint16_t kDeletedAt = 5;
inline constexpr std::uint16_t kMergedInto = 6;
inline constexpr std::uint16_t kCommonTagMax = 15;

}  // namespace dossier::catalog
