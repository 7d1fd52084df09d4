// Defects planted on purpose, so that the simulator (tests/sim) can show that it finds them. A
// build without DOSSIER_PLANT, and that is every build for users, contains none of them.
#pragma once

namespace dossier {

/// The numbers are those of tests/sim/INVARIANTS.md.
enum class Plant : int {
    None = 0,
    AnswerBeforeCommit = 1,
    NoDedupe = 2,
    AnswersAnew = 3,
    RemovalIgnored = 4,
    ClaimedTime = 5,
    LevelIgnored = 6,
    RightsKept = 7,
    NonceRepeats = 8,
    NoPurge = 9,
    NoAuditLine = 10,
    LoserDropped = 11,
    NoSync = 12,
    OutboxCleared = 13,
    RangeOffByOne = 14,
    RevokedGoesOn = 15,
    SearchKeeps = 16,
    HalfAddress = 17,
    MoveIgnored = 18,
    LogKept = 19,
    LastGrantOnly = 20,
    WordsStay = 21,
    MattersKept = 22,
    MarkTells = 23,
    ContentsKept = 24,
    ContentForgotten = 25,
    PlainPages = 26,
    AnswersStay = 27,
    RemovedComesBack = 28,
    SuspendedForgotten = 29,
    MattersStay = 30,
    FilesLeftOpen = 31,
    CursorBack = 32,
    EntryStuck = 33,
    BranchDropped = 34,
    TagsIgnored = 35,
    OwnWordsContested = 36,
    RemovedUnseen = 37,
    ClockBelieved = 38,
    AuditUnasked = 39,
    End
};

#ifdef DOSSIER_PLANT
inline int planted = 0;
inline bool is_planted(Plant defect) {
    return planted == static_cast<int>(defect);
}
inline bool plant(int number) {
    planted = number;
    return number > 0 && number < static_cast<int>(Plant::End);
}
#else
constexpr bool is_planted(Plant) {
    return false;
}
constexpr bool plant(int) {
    return false;
}
#endif

}  // namespace dossier
