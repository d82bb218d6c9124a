#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

// All sentences that a person reads, in both languages side by side.
namespace zhenhui::cli {

enum class Language { kChinese, kEnglish };

// From --lang when given ("zh" or "en"), else from the environment's ZHENHUI_LANG, LC_ALL, LC_MESSAGES and
// LANG, the first that is set: Chinese when it begins with "zh".
Language ChooseLanguage(const std::string& flag);

enum class Msg {
  kActivityAfter,
  kActivityBefore,
  kActivityDeleted,
  kActivityUnchanged,
  kCellsCompared,
  kCheckNothing,
  kCheckSummary,
  kCheckWritten,
  kConfirmed,
  kConfirmRefused,
  kDistrictCreated,
  kErrorPrefix,
  kExplainDiffers,
  kExplainEqual,
  kExplainPartial,
  kFileUnreadable,
  kFreshnessToken,
  kGini,
  kHintLogin,
  kIgnoreColumns,
  kMedian,
  kMoreRefusals,
  kNeedScope,
  kNotFollowing,
  kNothingStored,
  kPushDone,
  kRankNoBase,
  kRankNotApplicable,
  kRankNotReported,
  kRankUnconfirmed,
  kRefusedRow,
  kRejectsHint,
  kRejectsWritten,
  kRetrying,
  kRevisions,
  kSafeAgain,
  kStateConfirmedZero,
  kStateNotApplicable,
  kStateNotReported,
  kTotal,
  kValidated,
  kVerifyDiffers,
  kVerifyEqual,
  kWaited,
  kWaitTimeout,
  kWholeTown,
  kColumn,
  kHeadAliases,
  kHeadAudience,
  kHeadChange,
  kHeadCode,
  kHeadCreated,
  kHeadDate,
  kHeadDefinition,
  kHeadDifference,
  kHeadFile,
  kHeadFromMedian,
  kHeadFeed,
  kHeadApplied,
  kHeadHead,
  kHeadStored,
  kHeadHeld,
  kHeadId,
  kHeadKind,
  kHeadLastYear,
  kHeadMeasures,
  kHeadMember,
  kHeadMetric,
  kHeadName,
  kHeadPer10000,
  kHeadPerVillage,
  kHeadPeriod,
  kHeadPlace,
  kHeadPosition,
  kHeadQuote,
  kHeadRank,
  kHeadRecomputed,
  kHeadRecord,
  kHeadRecorded,
  kHeadRefused,
  kHeadRequired,
  kHeadRevision,
  kHeadSeries,
  kHeadShare,
  kHeadState,
  kHeadSuggestion,
  kHeadTime,
  kHeadTitle,
  kHeadTownship,
  kHeadType,
  kHeadUnchanged,
  kHeadUnit,
  kHeadUpdated,
  kHeadValue,
  kHeadVerdict,
  kHeadVillage,
  kHeadReason,
  kFeedActivities,
  kFeedTownships,
  kStateActive,
  kStateDeleted,
  kYes,
  kAlarmExplained,
  kAlarmJump,
  kAlarmOneVillage,
  kAlarmPartAndWhole,
  kAlarmSameEveryMonth,
  kCompletenessOf,
  kEvenness,
  kGapAudience,
  kGapNoCounsel,
  kGapRosterEntry,
  kGapVillage,
  kHeadActivities,
  kHeadAlarm,
  kHeadChangedAfter,
  kHeadComplete,
  kHeadConfirmDate,
  kHeadDone,
  kHeadDue,
  kHeadDueDate,
  kHeadExpected,
  kHeadExplanation,
  kHeadGap,
  kHeadLastMonth,
  kHeadMessage,
  kHeadNote,
  kHeadPercent,
  kHeadSource,
  kHeadTarget,
  kHeadTimely,
  kHeadVillagesActive,
  kMonthDue,
  kMonthInTime,
  kMonthLate,
  kMonthMissing,
  kMonthNotApplicable,
  kMonthRunning,
  kNever,
  kPlanAsOf,
  kPlanBehind,
  kPlanDone,
  kPlanOnPace,
  kPlanOverdue,
  kPlanUnknownMetric,
  kSourceOther,
  kSourcePublicityPlan,
  kSourceStudyPlan,
  kTargetWithdrawn,
  kCount,  // not a message: how many there are
};

// Fills {0}, {1} ... with `arguments`.
std::string Text(Language language, Msg id, const std::vector<std::string>& arguments = {});

// What a person can do about an error reason such as UNKNOWN_KIND; nothing for a reason that has no advice.
std::optional<std::string> Advice(Language language, const std::string& reason);

// For the test that the catalogue is complete.
struct Sentence {
  Msg id;
  const char* zh;
  const char* en;
};
const std::vector<Sentence>& AllSentences();

struct ReasonAdvice {
  const char* reason;
  const char* zh;
  const char* en;
};
const std::vector<ReasonAdvice>& AllAdvice();

}  // namespace zhenhui::cli
