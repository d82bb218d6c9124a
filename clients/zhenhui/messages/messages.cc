#include "clients/zhenhui/messages/messages.h"

#include <cstdlib>

namespace zhenhui::cli {

const std::vector<Sentence>& AllSentences() {
  // In the order of the enumeration.
  static const std::vector<Sentence> kSentences = {
      {Msg::kActivityAfter, "更正后", "after"},
      {Msg::kActivityBefore, "更正前", "before"},
      {Msg::kActivityDeleted, "已删除 {0}（第 {1} 版）", "deleted {0} (revision {1})"},
      {Msg::kActivityUnchanged, "内容没有变化，未产生新版本", "nothing changed, no new revision"},
      {Msg::kCellsCompared, "核对了 {0} 个统计格、{1} 条记录", "compared {0} cells with {1} records"},
      {Msg::kCheckNothing, "共读 {0} 字，没有找到数字", "read {0} characters and found no figures"},
      {Msg::kCheckSummary, "共读 {0} 字，{1} 处：{2}", "read {0} characters, {1} findings: {2}"},
      {Msg::kCheckWritten, "批注页已写入 {0}", "the annotated page is in {0}"},
      {Msg::kConfirmed, "已确认 {0} 个乡镇月份", "confirmed {0} township months"},
      {Msg::kConfirmRefused, "{0} 个乡镇月份被拒绝", "{0} township months were refused"},
      {Msg::kDistrictCreated, "已新建区县 {0} {1}", "created district {0} {1}"},
      {Msg::kErrorPrefix, "错误：", "error: "},
      {Msg::kExplainDiffers, "合计 {0} 与数字 {1} 不一致", "the records sum to {0}, but the figure is {1}"},
      {Msg::kExplainEqual, "{0} 条记录合计 {1}，与数字一致", "{0} records sum to {1}, equal to the figure"},
      {Msg::kExplainPartial, "只列出前 {0} 条", "only the first {0} are listed"},
      {Msg::kFileUnreadable, "读不了文件 {0}", "cannot read the file {0}"},
      {Msg::kFreshnessToken, "新鲜度标记：{0}", "freshness token: {0}"},
      {Msg::kGini, "均衡度（基尼系数）：{0}", "evenness (Gini): {0}"},
      {Msg::kHintLogin, "用 --token-file 或环境变量 ZHENHUI_TOKEN_FILE 给出令牌",
       "give a token with --token-file or ZHENHUI_TOKEN_FILE"},
      {Msg::kIgnoreColumns, "不认识的列不会被悄悄丢掉；确实不要的，用 --ignore-columns 写明",
       "unknown columns are not dropped in silence; name those to leave out with --ignore-columns"},
      {Msg::kMedian, "中位数：{0}", "median: {0}"},
      {Msg::kMoreRefusals, "……另有 {0} 条被拒绝", "... and {0} more refused"},
      {Msg::kNeedScope, "请用 --township 或 --district 指明范围",
       "say which places: --township or --district"},
      {Msg::kNotFollowing, "注意：汇总服务暂未连上数据源，数字停在上述版本",
       "note: reporting is not connected to its feeds; figures stand as of these revisions"},
      {Msg::kNothingStored, "要求全部或全不：有记录被拒绝，什么也没有写入",
       "all or nothing: some records were refused, so nothing was stored"},
      {Msg::kPushDone, "共 {0} 条：新增 {1}，更正 {2}，未变 {3}，拒绝 {4}",
       "{0} records: {1} created, {2} updated, {3} unchanged, {4} refused"},
      {Msg::kRankNoBase, "{0} 不排名：缺村数或人口数 (not ranked: villages or residents are not known)",
       "{0} not ranked: villages or residents are not known"},
      {Msg::kRankNotApplicable, "{0} 不排名：不适用 (not ranked: not applicable)",
       "{0} not ranked: not applicable"},
      {Msg::kRankNotReported, "{0} 不排名：未报 (not ranked: not reported)", "{0} not ranked: not reported"},
      {Msg::kRankUnconfirmed, "{0} 不排名：有月份未确认 (not ranked: months are not confirmed)",
       "{0} not ranked: months are not confirmed"},
      {Msg::kRefusedRow, "{0} 第 {1} 行{2}：{3}", "{0}:{1}{2}: {3}"},
      {Msg::kRejectsHint, "用 --rejects 文件名 可把被拒绝的行另存，改好后再推送",
       "use --rejects FILE to save the refused rows, mend them and push that file"},
      {Msg::kRejectsWritten, "被拒绝的行已写入 {0}，改好后可直接再推送",
       "the refused rows are in {0}: mend and push it again"},
      {Msg::kRetrying, "连接中断（{0}），{1} 秒后重发未确认的批次",
       "connection lost ({0}); sending again in {1} s"},
      {Msg::kRevisions, "数据版本：{0}", "revisions: {0}"},
      {Msg::kSafeAgain, "可以放心重新运行：已存的不会重复",
       "safe to run again: what is stored is not counted twice"},
      {Msg::kStateConfirmedZero, "0 已确认", "0 confirmed"},
      {Msg::kStateNotApplicable, "不适用", "n/a"},
      {Msg::kStateNotReported, "未报", "not reported"},
      {Msg::kTotal, "合计", "total"},
      {Msg::kValidated, "只检查，没有写入", "checked only, nothing was stored"},
      {Msg::kVerifyDiffers, "发现 {0} 处不一致", "found {0} differences"},
      {Msg::kVerifyEqual, "核对一致", "verified equal"},
      {Msg::kWaited, "汇总已包含本次推送", "the figures now include this push"},
      {Msg::kWaitTimeout, "等待超时：数据已存，汇总尚未包含",
       "timed out: stored, but not yet in the figures"},
      {Msg::kWholeTown, "（全镇）", "(whole town)"},
      {Msg::kColumn, "第 {0} 列“{1}”", " column {0} '{1}'"},
      {Msg::kHeadAliases, "也可写作", "also written"},
      {Msg::kHeadAudience, "受众", "audience"},
      {Msg::kHeadChange, "同比%", "change %"},
      {Msg::kHeadCode, "代码", "code"},
      {Msg::kHeadCreated, "新增", "created"},
      {Msg::kHeadDate, "日期", "date"},
      {Msg::kHeadDefinition, "口径", "definition"},
      {Msg::kHeadDifference, "差", "difference"},
      {Msg::kHeadFile, "文件", "file"},
      {Msg::kHeadFromMedian, "与中位数差", "from median"},
      {Msg::kHeadFeed, "来源", "feed"},
      {Msg::kHeadApplied, "已计入", "applied"},
      {Msg::kHeadHead, "最新", "newest"},
      {Msg::kHeadStored, "已落盘", "flushed"},
      {Msg::kHeadHeld, "现值", "held"},
      {Msg::kHeadId, "编号", "id"},
      {Msg::kHeadKind, "类型", "kind"},
      {Msg::kHeadLastYear, "去年同期", "last year"},
      {Msg::kHeadMeasures, "数量", "measures"},
      {Msg::kHeadMember, "成员", "member"},
      {Msg::kHeadMetric, "指标", "metric"},
      {Msg::kHeadName, "名称", "name"},
      {Msg::kHeadPer10000, "每万人", "per 10,000"},
      {Msg::kHeadPerVillage, "每村", "per village"},
      {Msg::kHeadPeriod, "期间", "period"},
      {Msg::kHeadPlace, "地区", "place"},
      {Msg::kHeadPosition, "段:字", "place"},
      {Msg::kHeadQuote, "原文", "text"},
      {Msg::kHeadRank, "名次", "rank"},
      {Msg::kHeadRecomputed, "重算值", "recomputed"},
      {Msg::kHeadRecord, "记录", "record"},
      {Msg::kHeadRecorded, "记录", "recorded"},
      {Msg::kHeadRefused, "拒绝", "refused"},
      {Msg::kHeadRequired, "必填", "required"},
      {Msg::kHeadRevision, "版本", "revision"},
      {Msg::kHeadSeries, "序列", "series"},
      {Msg::kHeadShare, "占比%", "share %"},
      {Msg::kHeadState, "状态", "state"},
      {Msg::kHeadSuggestion, "建议或说明", "why"},
      {Msg::kHeadTime, "时间", "time"},
      {Msg::kHeadTitle, "标题", "title"},
      {Msg::kHeadTownship, "乡镇", "township"},
      {Msg::kHeadType, "统计方式", "type"},
      {Msg::kHeadUnchanged, "未变", "unchanged"},
      {Msg::kHeadUnit, "单位", "unit"},
      {Msg::kHeadUpdated, "更正", "updated"},
      {Msg::kHeadValue, "数值", "value"},
      {Msg::kHeadVerdict, "结论", "verdict"},
      {Msg::kHeadVillage, "村（社区）", "village"},
      {Msg::kHeadReason, "原因", "reason"},
      {Msg::kFeedActivities, "活动", "activities"},
      {Msg::kFeedTownships, "名录", "register"},
      {Msg::kStateActive, "有效", "active"},
      {Msg::kStateDeleted, "已删除", "deleted"},
      {Msg::kYes, "是", "yes"},
      {Msg::kAlarmExplained, "说明已记下", "the explanation is stored"},
      {Msg::kAlarmJump, "同比变化大", "jump"},
      {Msg::kAlarmOneVillage, "集中于一村", "one village"},
      {Msg::kAlarmPartAndWhole, "部分大于总数", "part and whole"},
      {Msg::kAlarmSameEveryMonth, "各月相同", "same every month"},
      {Msg::kCompletenessOf, "{0}：完整率 {1}%，及时率 {2}%", "{0}: {1}% complete, {2}% in time"},
      {Msg::kEvenness, "{0}：{2} 个村中 {1} 个有活动，均衡度（基尼系数）{3}",
       "{0}: {1} of {2} villages reached, evenness (Gini) {3}"},
      {Msg::kGapAudience, "受众未覆盖", "audience not reached"},
      {Msg::kGapNoCounsel, "村无法律顾问", "no counsel"},
      {Msg::kGapRosterEntry, "人员无活动", "roster entry without activity"},
      {Msg::kGapVillage, "村无活动", "village without activity"},
      {Msg::kHeadActivities, "活动", "activities"},
      {Msg::kHeadAlarm, "提示", "alarm"},
      {Msg::kHeadChangedAfter, "确认后变动", "changed since"},
      {Msg::kHeadComplete, "完整率%", "complete %"},
      {Msg::kHeadConfirmDate, "确认日", "confirmed on"},
      {Msg::kHeadDone, "已完成", "done"},
      {Msg::kHeadDue, "到期应完成", "due"},
      {Msg::kHeadDueDate, "应于", "due on"},
      {Msg::kHeadExpected, "按进度应完成", "expected"},
      {Msg::kHeadExplanation, "说明", "explanation"},
      {Msg::kHeadGap, "空白", "gap"},
      {Msg::kHeadLastMonth, "上次", "last"},
      {Msg::kHeadMessage, "内容", "message"},
      {Msg::kHeadNote, "备注", "note"},
      {Msg::kHeadPercent, "完成%", "done %"},
      {Msg::kHeadSource, "来源", "source"},
      {Msg::kHeadTarget, "目标", "target"},
      {Msg::kHeadTimely, "及时率%", "in time %"},
      {Msg::kHeadVillagesActive, "有活动的村", "villages active"},
      {Msg::kMonthDue, "待确认", "due"},
      {Msg::kMonthInTime, "按时", "in time"},
      {Msg::kMonthLate, "逾期", "late"},
      {Msg::kMonthMissing, "缺报", "missing"},
      {Msg::kMonthNotApplicable, "—", "-"},
      {Msg::kMonthRunning, "未到期", "running"},
      {Msg::kNever, "从未", "never"},
      {Msg::kPlanAsOf, "算到 {0}（含当天）", "counted to {0}, inclusive"},
      {Msg::kPlanBehind, "落后", "behind"},
      {Msg::kPlanDone, "已完成", "done"},
      {Msg::kPlanOnPace, "正常", "on pace"},
      {Msg::kPlanOverdue, "逾期", "overdue"},
      {Msg::kPlanUnknownMetric, "没有这个指标", "unknown metric"},
      {Msg::kSourceOther, "其他", "other"},
      {Msg::kSourcePublicityPlan, "普法工作计划", "plan of publicity"},
      {Msg::kSourceStudyPlan, "学法计划", "plan of study"},
      {Msg::kTargetWithdrawn, "已撤回 {0}", "withdrew {0}"},
  };
  return kSentences;
}

Language ChooseLanguage(const std::string& flag) {
  std::string name = flag;
  for (const char* variable : {"ZHENHUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (!name.empty()) break;
    if (const char* value = std::getenv(variable); value != nullptr) name = value;
  }
  return name.compare(0, 2, "zh") == 0 ? Language::kChinese : Language::kEnglish;
}

std::string Text(Language language, Msg id, const std::vector<std::string>& arguments) {
  const Sentence& sentence = AllSentences()[static_cast<size_t>(id)];
  const std::string pattern = language == Language::kChinese ? sentence.zh : sentence.en;
  std::string out;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const bool placeholder = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
    if (!placeholder) {
      out += pattern[i];
      continue;
    }
    const size_t index = static_cast<size_t>(pattern[i + 1] - '0');
    if (index < arguments.size()) out += arguments[index];
    i += 2;
  }
  return out;
}

std::optional<std::string> Advice(Language language, const std::string& reason) {
  for (const ReasonAdvice& advice : AllAdvice()) {
    if (reason == advice.reason) return language == Language::kChinese ? advice.zh : advice.en;
  }
  return std::nullopt;
}

}  // namespace zhenhui::cli
