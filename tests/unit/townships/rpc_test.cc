#include <set>

#include <gmock/gmock.h>

#include "services/townships/rpc/access.h"
#include "services/townships/rpc/requests.h"
#include "services/townships/wire/names.h"
#include "tests/testing/matchers.h"
#include "tests/testing/townships/samples.h"
#include "zhenhui/townships/v1/township_service.pb.h"

namespace zhenhui::townships {
namespace {

using namespace testing;
using ::testing::UnorderedElementsAreArray;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

const google::protobuf::ServiceDescriptor& Descriptor() {
  return *v1::GetTownshipRequest::descriptor()->file()->FindServiceByName("TownshipService");
}

TEST(AccessTest, EveryRpcOfTheServiceIsInTheTableAndNothingElse) {
  std::vector<std::string> methods;
  for (int i = 0; i < Descriptor().method_count(); ++i) {
    methods.push_back("/" + Descriptor().full_name() + "/" + Descriptor().method(i)->name());
  }
  EXPECT_THAT(Access().Methods(), UnorderedElementsAreArray(methods));
}

// Which roles may call what: rows of the table that must not change by accident.
TEST(AccessTest, RolesMayCallWhatTheirWorkNeeds) {
  using enum auth::Role;
  const std::map<std::string, std::set<auth::Role>> other = {
      {"CreateDistrict", {kAdmin}},
      {"UpdateDistrict", {kAdmin}},
      {"CreateTownship", {kDistrict, kAdmin}},
      {"UpdateTownship", {kDistrict, kAdmin}},
      {"ImportTownships", {kDistrict, kAdmin}},
      {"CreateVillage", {kDistrict, kAdmin}},
      {"UpdateVillage", {kDistrict, kAdmin}},
      {"ImportVillages", {kDistrict, kAdmin}},
      {"UpdatePopulation", {kDistrict, kAdmin}},
      {"ImportPopulations", {kDistrict, kAdmin}},
      {"CreateRosterEntry", {kReporter, kDistrict, kAdmin}},
      {"UpdateRosterEntry", {kReporter, kDistrict, kAdmin}},
      {"ImportRosterEntries", {kReporter, kDistrict, kAdmin}},
      {"EndRosterEntry", {kReporter, kDistrict, kAdmin}},
      {"ResolveRevision", {kReporter, kReviewer, kDistrict, kAdmin, kJob}},
      {"WatchChanges", {kJob, kAdmin}},
      {"StreamSnapshot", {kJob, kAdmin}},
  };
  const auth::AccessTable table = Access();
  for (int i = 0; i < Descriptor().method_count(); ++i) {
    const std::string& name = Descriptor().method(i)->name();
    const bool reads = name.rfind("Get", 0) == 0 || name.rfind("List", 0) == 0;
    ASSERT_TRUE(reads || other.count(name)) << name << ": say here who may call it";
    for (const auth::Role role : auth::kAllRoles) {
      EXPECT_EQ(table.Allows(role, "/" + Descriptor().full_name() + "/" + name),
                reads || other.at(name).count(role))
          << name << " " << auth::RoleName(role);
    }
  }
}

TEST(ConvertTest, RecordsSurviveTheirStoredForm) {
  RosterEntry entry = SampleEntry();
  entry.villages = {"630106101201"};
  entry.validity.to = Date(2024, 12, 31);
  for (const Record& record :
       std::vector<Record>{SampleTownship(), SampleVillage(), Population{kTown, 2024, 7}, entry}) {
    auto decoded = DecodeRecord(EncodeRecord(record));
    ASSERT_THAT(decoded, IsOk());
    EXPECT_EQ(*decoded, record);
  }
  EXPECT_THAT(DecodeRecord("\xff\xff"), HasReason("RECORD_DAMAGED"));
  EXPECT_THAT(DecodeRecord(""), HasReason("RECORD_DAMAGED"));
}

TEST(ConvertTest, WhatCannotBeReadIsSaid) {
  v1::Village village;
  village.set_name("townships/630106101/villages/630106102201");
  village.set_valid_from("2024-02-30");
  const auto read = FromProto(village);
  ASSERT_EQ(read.violations.size(), 2u);
  EXPECT_EQ(read.violations[0].reason, "VILLAGE_OUTSIDE");
  EXPECT_EQ(read.violations[1].reason, "DATE_MALFORMED");
}

TEST(NamesTest, OnlyWholeNamesAreNames) {
  EXPECT_EQ(ParseTownshipName("townships/630106101"), "630106101");
  for (const char* bad :
       {"", "630106101", "townships/", "townships/63010610", "townships/630106101/", "Townships/630106101"}) {
    EXPECT_FALSE(ParseTownshipName(bad)) << bad;
  }
  EXPECT_EQ(ParseChildName("townships/630106101/villages/x", "villages")->id, "x");
  for (const char* bad : {"townships/630106101/villages/", "townships/630106101/villages/x/y",
                          "townships/630106101/rosterEntries/x", "townships/630106101"}) {
    EXPECT_FALSE(ParseChildName(bad, "villages")) << bad;
  }
}

TEST(MergeTest, OnlyTheFieldsOfTheMaskAreTakenAndUnknownOnesRefused) {
  v1::Township existing, wanted;
  existing.set_display_name_zh("旧");
  existing.set_display_name_en("old");
  wanted.set_display_name_zh("新");
  google::protobuf::FieldMask mask;
  mask.add_paths("display_name_zh");
  const std::vector<std::string> settable = {"display_name_zh", "display_name_en"};
  ASSERT_THAT(MergeFields(wanted, mask, settable, &existing), IsOk());
  EXPECT_EQ(existing.display_name_zh(), "新");
  EXPECT_EQ(existing.display_name_en(), "old");
  mask.add_paths("revision");
  EXPECT_THAT(MergeFields(wanted, mask, settable, &existing), HasReason("MASK_PATH_UNKNOWN"));
}

}  // namespace
}  // namespace zhenhui::townships
