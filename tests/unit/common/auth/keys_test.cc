#include "common/auth/keys.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "tests/testing/matchers.h"

namespace zhenhui::auth {
namespace {

using ::testing::Not;
using ::zhenhui::testing::HasReason;
using ::zhenhui::testing::IsOk;
using ::zhenhui::testing::IsOkAndHolds;
using ::zhenhui::testing::StatusIs;

constexpr char kCurve25519[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
    "-----END PUBLIC KEY-----\n";

class KeysTest : public ::testing::Test {
 protected:
  KeysTest() {
    std::string name = ::testing::TempDir() + "keys_test.XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~KeysTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

TEST_F(KeysTest, PublicHalfAndItsIdFollowFromThePrivateKey) {
  const KeyPair pair = GenerateKeyPair().value();
  EXPECT_THAT(PublicKeyOf(pair.private_pem), IsOkAndHolds(pair.public_pem));
  EXPECT_EQ(KeyId(pair.public_pem).value().size(), 16u);
  EXPECT_NE(KeyId(pair.public_pem).value(), KeyId(GenerateKeyPair().value().public_pem).value());
}

TEST_F(KeysTest, OtherTextAndOtherCurvesAreRefused) {
  for (const std::string& text : {std::string(), std::string("hello"), std::string(kCurve25519)}) {
    EXPECT_THAT(KeyId(text), HasReason("KEY_INVALID"));
    EXPECT_THAT(PublicKeyOf(text), HasReason("KEY_INVALID"));
  }
  EXPECT_THAT(KeyId(GenerateKeyPair().value().private_pem), HasReason("KEY_INVALID"));
}

TEST_F(KeysTest, SecretFilesAreReadableByTheOwnerOnlyAndReplaced) {
  const std::filesystem::path path = folder_ / "key.pem";
  ASSERT_THAT(WriteSecretFile(path, "one"), IsOk());
  ASSERT_THAT(WriteSecretFile(path, "two"), IsOk());
  struct stat info = {};
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  std::string text;
  std::ifstream(path) >> text;
  EXPECT_EQ(text, "two");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1)
      << "no temporary file is left";
}

TEST_F(KeysTest, SecretFileInAMissingFolderIsAnError) {
  EXPECT_THAT(WriteSecretFile(folder_ / "none" / "key.pem", "x"), Not(IsOk()));
}

TEST_F(KeysTest, OneFileMayHoldSeveralPublicKeys) {
  const KeyPair a = GenerateKeyPair().value();
  const KeyPair b = GenerateKeyPair().value();
  const KeyPair c = GenerateKeyPair().value();
  ASSERT_THAT(WriteSecretFile(folder_ / "ab", a.public_pem + b.public_pem), IsOk());
  ASSERT_THAT(WriteSecretFile(folder_ / "c", c.public_pem), IsOk());
  const auto keys = LoadPublicKeys({folder_ / "ab", folder_ / "c"});
  ASSERT_THAT(keys, IsOk());
  ASSERT_EQ(keys->size(), 3u);
  EXPECT_EQ(KeyId((*keys)[1]).value(), KeyId(b.public_pem).value());
  EXPECT_EQ(KeyId((*keys)[2]).value(), KeyId(c.public_pem).value());
}

TEST_F(KeysTest, FilesWithoutAUsableKeyAreErrors) {
  EXPECT_THAT(LoadPublicKeys({folder_ / "none"}), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_THAT(WriteSecretFile(folder_ / "text", "hello"), IsOk());
  EXPECT_THAT(LoadPublicKeys({folder_ / "text"}), HasReason("KEY_INVALID"));
  ASSERT_THAT(WriteSecretFile(folder_ / "curve", kCurve25519), IsOk());
  EXPECT_THAT(LoadPublicKeys({folder_ / "curve"}), HasReason("KEY_INVALID"));
}

}  // namespace
}  // namespace zhenhui::auth
