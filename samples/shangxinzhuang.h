#pragma once
#include <vector>

#include "samples/records.h"

namespace zhenhui::samples {

// The sums of kReportTown in 2024: those of its report, and nothing else in these rows is real.
inline constexpr int kStudySessions = 8;      // 理论学习中心组学法, 次
inline constexpr int kLawLectures = 6;        // 法治讲座, 场
inline constexpr int kPublicityEvents = 43;   // "40余" 场次, events in schools included
inline constexpr int kMaterialCopies = 4160;  // "4000余" 份
inline constexpr int kConsultations = 35;     // 人次
inline constexpr int kCounsels = 34;          // one for each village
inline constexpr int kLawSavvyPersons = 102;  // three for each village

// Records of kReportTown in 2024, sorted by date, whose sums are exactly the above; dates, villages,
// audiences and all other kinds are invented. As its report admits, publicity leans on villagers and
// forwarded messages.
std::vector<Record> ReportTownActivities2024();

}  // namespace zhenhui::samples
